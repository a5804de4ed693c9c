import type { AblationFacts } from '../../domain/ablation.ts';
import type { Problem } from '../../domain/problem.ts';
import { planDifference } from '../../export/html-plan-difference.ts';
import { technicalMinimum } from '../../export/html-technical-minimum.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import type { ChangedMeanwhile } from '../../service/episode/changed-meanwhile.ts';
import type { Updated } from '../../service/episode/update-episode.ts';
import type { ClinicCall } from '../call.ts';
import type { Fields } from '../fields.ts';
import { hiddenField } from '../page/form-fields.ts';
import { layout } from '../page/layout.ts';
import { problemSummary } from '../page/problems.ts';
import { episodePath } from '../paths.ts';
import { FACT_FIELDS } from './fact-fields.ts';
import { withFactWords } from './fact-words.ts';
import { factTexts } from './facts-document.ts';
import {
  atField,
  factFieldOf,
  factGroups,
  factInWords,
  factsState,
  hiddenFacts,
  withLabel,
} from './facts-form.ts';

interface FactsFormParts {
  readonly episode: string;
  readonly problems?: readonly Problem[] | undefined;
  /** What others recorded since the form was shown. */
  readonly meanwhile?: ChangedMeanwhile | undefined;
}

/** The form for the facts of an episode; its field `expected` says which version they were read from. */
export function factsForm(
  call: ClinicCall,
  fields: Fields,
  { episode, problems: found = [], meanwhile }: FactsFormParts,
): Markup {
  const { clinic } = call;
  const problems = found.map(atField);
  const body = html`<h1>Facts of ${episode}</h1>
<p>Tumor, ablation and therapy as they are known now. What was recorded before is kept in the history. <a href="${episodePath(clinic, episode)}">Back to ${episode}, without a change</a>.</p>
${meanwhile === undefined ? EMPTY : meanwhileTold(meanwhile)}${problemSummary(problems.map(withLabel), factFieldOf)}<form method="post" action="${episodePath(clinic, episode, 'facts')}">
${hiddenField('expected', fields.text('expected'))}
${factGroups(factsState(fields, problems))}<div class="actions"><button name="step" value="preview">Show what changes</button></div>
</form>
`;
  return layout(call, clinic, { title: `Facts of ${episode}`, body });
}

/** What a change of the facts does, to be confirmed. */
export function factsPreview(
  call: ClinicCall,
  fields: Fields,
  {
    updated,
    before,
    ablation,
  }: { readonly updated: Updated; readonly before: object; readonly ablation: AblationFacts },
): Markup {
  const { clinic } = call;
  const { episode, diff, after } = updated;
  const body = html`<h1>Facts of ${episode}: check what changes</h1>
<p>Nothing is kept yet.</p>
<h2>Facts</h2>
${factChanges(factTexts(before), Object.fromEntries(fields.entries()))}${calendarsTold(factTexts(before).patientRef ?? '', fields.text('patientRef'))}<h2>Plan</h2>
${planDifference(updated.before, diff)}${
  after.assumptions.length === 0
    ? EMPTY
    : html`<h2>Still assumed, because not recorded</h2>
<ul>
${after.assumptions.map(
  ({ message }) => html`<li>${withFactWords(message)}</li>
`,
)}</ul>
`
}<h2>Technical minimum of the first ablation</h2>
${technicalMinimum(ablation)}<form method="post" action="${episodePath(clinic, episode, 'facts')}">
${hiddenField('expected', fields.text('expected'))}
${hiddenFacts(fields)}<div class="actions"><button name="step" value="confirm">Record these facts</button> <button class="second" name="step" value="edit">Change something</button></div>
</form>
`;
  return layout(call, clinic, { title: `Facts of ${episode}: check what changes`, body });
}

/** An address may be in the hands of the wrong patient. */
function calendarsTold(before: string, after: string): Markup {
  if (before === '' || before === after) return EMPTY;
  return html`<p><strong>Subscribed calendars of the patient reference ${before} end with this.</strong> Whoever they were right for needs a new one.</p>
`;
}

function meanwhileTold({ factsBefore, factsNow, events }: ChangedMeanwhile): Markup {
  return html`<section class="alarm" role="alert">
<h2>Somebody else changed this episode meanwhile</h2>
<p>Nothing of yours is lost or kept yet: the form below has what you typed, and where you had changed nothing what is recorded now.</p>
${factChanges(factTexts(factsBefore), factTexts(factsNow))}${
  events.length === 0
    ? EMPTY
    : html`<ul>
${events.map(
  ({
    id,
    type,
    date,
    recordedBy,
  }) => html`<li>${type} ${id} of ${date}, recorded by ${recordedBy}</li>
`,
)}</ul>
`
}</section>
`;
}

type Texts = Readonly<Record<string, string>>;

function factChanges(before: Texts, after: Texts): Markup {
  const changed = FACT_FIELDS.filter(({ name }) => (before[name] ?? '') !== (after[name] ?? ''));
  if (changed.length === 0)
    return html`<p>No fact differs.</p>
`;
  return html`<table class="stacks">
<thead><tr><th scope="col">Fact</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
<tbody>
${changed.map(
  (field) =>
    html`<tr><th scope="row">${field.label}</th><td class="free" data-label="Before"><del>${told(factInWords(field, before[field.name] ?? ''))}</del></td><td class="free" data-label="After"><ins>${told(factInWords(field, after[field.name] ?? ''))}</ins></td></tr>
`,
)}</tbody>
</table>
`;
}

function told(text: string): string {
  return text === '' ? 'not recorded' : text;
}
