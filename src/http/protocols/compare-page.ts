import type { Problem } from '../../domain/problem.ts';
import { planDifference } from '../../export/html-plan-difference.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import type { Adoption } from '../../service/clinic/adoption.ts';
import type { ComparedProtocols } from '../../service/clinic/compare-protocols.ts';
import type { ClinicCall } from '../call.ts';
import type { Fields } from '../fields.ts';
import { fieldId, hiddenField, selectField, textField } from '../page/form-fields.ts';
import { layout } from '../page/layout.ts';
import { problemSummary } from '../page/problems.ts';
import { clinicPath, episodePath } from '../paths.ts';
import { adoptionMarkup } from './adoption-markup.ts';
import { protocolPath, versionText } from './protocol-paths.ts';
import { protocolChoice, type TitledVersion, titleText, titleWithId } from './protocol-words.ts';

/** What a comparison found. */
export type Found =
  | { readonly of: 'episode'; readonly episode: string; readonly compared: ComparedProtocols }
  | { readonly of: 'cohort'; readonly adoption: Adoption; readonly mayAdopt: boolean };

interface Pair {
  readonly from: TitledVersion;
  readonly to: TitledVersion;
}

export interface ComparePage {
  readonly fields: Fields;
  readonly versions: readonly TitledVersion[];
  readonly problems?: readonly Problem[] | undefined;
  readonly pair?: Pair | undefined;
  readonly found?: Found | undefined;
}

/** The page that compares two protocols: the choice, and what the other one changes. */
export function comparePage(
  call: ClinicCall,
  { fields, versions, problems = [], pair, found }: ComparePage,
): Markup {
  const { clinic } = call;
  const state = { fields, problems: byField(problems) };
  const choices = versions.map((each) => protocolChoice(each));
  const body = html`<h1>Compare two protocols</h1>
<p>For one patient or, without an episode, for every episode that follows the first one. Nothing is changed by comparing.</p>
${problemSummary(problems, ({ path }) => (FIELDS.has(path) ? fieldId(path) : undefined))}<form method="get" action="${clinicPath(clinic, 'protocols', 'compare')}" class="inline no-print" novalidate>
${selectField({ name: 'from', label: 'Followed now', choices, required: true }, state)}${selectField({ name: 'to', label: 'Instead', choices, required: true }, state)}${textField({ name: 'episode', label: 'Episode', hint: 'Empty: the cohort.' }, state)}<button>Compare</button>
</form>
${pair === undefined || found === undefined ? EMPTY : told(call, pair, found)}`;
  return layout(call, clinic, { title: 'Compare two protocols', body });
}

const FIELDS: ReadonlySet<string> = new Set(['from', 'to', 'episode']);

function byField(problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  return new Map(
    [...FIELDS]
      .map((name) => [name, problems.filter(({ path }) => path === name)] as const)
      .filter(([, own]) => own.length > 0),
  );
}

function told({ clinic }: ClinicCall, { from, to }: Pair, found: Found): Markup {
  const pair = html`<p>${titleWithId(to)} instead of ${titleWithId(from)}.</p>
`;
  if (found.of === 'episode') {
    const { episode, compared } = found;
    return html`<h2>${episode}: what changes</h2>
${pair}<p><a href="${episodePath(clinic, episode)}">To ${episode}</a></p>
${planDifference(compared.before, compared.diff)}`;
  }
  const { adoption, mayAdopt } = found;
  return html`<h2>The cohort: what changes</h2>
${pair}${adoptionMarkup(clinic, adoption)}${
  mayAdopt && adoption.totals.episodes.adopted > 0
    ? html`<form method="post" action="${protocolPath(clinic, to, 'adopt')}" novalidate>
${hiddenField('from', versionText(from))}<div class="actions"><button name="step" value="preview">Adopt ${titleText(to)} for these episodes</button></div>
</form>
`
    : EMPTY
}`;
}
