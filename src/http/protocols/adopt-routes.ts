import { counted } from '../../domain/counted.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import type { Adoption } from '../../service/clinic/adoption.ts';
import { findProtocolVersion } from '../../service/clinic/find-protocol-version.ts';
import type { Answer } from '../answer.ts';
import type { ClinicCall } from '../call.ts';
import { hiddenField } from '../page/form-fields.ts';
import { layout } from '../page/layout.ts';
import { refuse, refuseFailure } from '../refuse.ts';
import { goTo, pageAnswer } from '../respond.ts';
import type { Route } from '../route.ts';
import { adoptInTurn, tryAdoptionInTurn } from './adopt-in-turn.ts';
import { adoptionMarkup } from './adoption-markup.ts';
import {
  comparePath,
  protocolPath,
  type Version,
  versionOfText,
  versionText,
} from './protocol-paths.ts';
import { type TitledVersion, titleText, titleWithId } from './protocol-words.ts';

/** Letting the episodes of one protocol follow another one. */
export const ADOPT_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/c/:clinic/protocols/:protocol/:version/adopt',
    door: 'page',
    needs: 'approve',
    handle: adopt,
  },
];

/** What is confirmed is what was shown: if the cohort has changed since, it is shown again. */
async function adopt(call: ClinicCall): Promise<Answer> {
  const { clinic, fields, params } = call;
  const protocol = { id: params.protocol ?? '', version: params.version ?? '' };
  const from = versionOfText(fields.text('from'));
  if (from === undefined) {
    const found = fields.text('from');
    return refuse(call, 'page', 422, [
      { path: 'from', message: 'the protocol that is followed now is not named', found },
    ]);
  }
  const work = { clinic, protocol, from };
  const confirmed = fields.text('step') === 'confirm';
  const done = confirmed
    ? await adoptInTurn(call, { ...work, shown: fields.text('seen') })
    : await tryAdoptionInTurn(call, work);
  if (!done.ok) return refuseFailure(call, 'page', done);
  const { dryRun, totals } = done.value;
  if (confirmed && (!dryRun || totals.episodes.adopted === 0)) {
    return goTo(`${protocolPath(clinic, protocol)}?done=${outcomeOf(done.value)}`);
  }
  const titles = { from: await titled(call, from), to: await titled(call, protocol) };
  const page = adoptPage(call, done.value, { ...titles, changed: confirmed });
  return pageAnswer(page, confirmed ? 409 : 200);
}

/** The key of the notice. */
function outcomeOf({ dryRun, totals }: Adoption): string {
  if (dryRun) return 'adopted-before';
  return totals.episodes.conflict === 0 ? 'adopted' : 'adopted-partly';
}

async function titled({ context, clinic }: ClinicCall, wanted: Version): Promise<TitledVersion> {
  const found = await findProtocolVersion(context, clinic, wanted);
  return { ...wanted, title: (found.ok ? found.value.protocol.title : undefined) ?? wanted.id };
}

interface Shown {
  readonly from: TitledVersion;
  readonly to: TitledVersion;
  /** True: the cohort is another one than that which was confirmed. */
  readonly changed: boolean;
}

function adoptPage(call: ClinicCall, adoption: Adoption, { from, to, changed }: Shown): Markup {
  const { clinic } = call;
  const { adopted } = adoption.totals.episodes;
  const alarm = changed
    ? html`<div class="alarm" role="alert"><h2>The cohort changed since you looked</h2>
<p>Nothing was adopted. Look at it again, and confirm again.</p></div>
`
    : EMPTY;
  const body = html`<h1>Adopt ${titleText(to)}: check what moves</h1>
<p>The episodes that follow ${titleWithId(from)} would follow ${titleWithId(to)}. Nothing is changed yet.</p>
<form method="post" action="${protocolPath(clinic, to, 'adopt')}" novalidate>
${hiddenField('from', versionText(from))}${hiddenField('seen', adoption.digest)}
<div class="actions"><button name="step" value="confirm">Adopt it for ${counted(adopted, 'episode')}</button> <a href="${comparePath(clinic, { from, to })}">Back to the comparison</a></div>
</form>
${adoptionMarkup(clinic, adoption)}`;
  return layout(call, clinic, { title: `Adopt ${titleText(to)}`, body, alarm });
}
