import type { AblationFacts } from '../../domain/ablation.ts';
import type { Problem } from '../../domain/problem.ts';
import { technicalMinimum } from '../../export/html-technical-minimum.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import type { ApprovedVersion } from '../../service/clinic/approved-protocols.ts';
import type { Registered } from '../../service/episode/register-episode.ts';
import type { ClinicCall } from '../call.ts';
import type { Fields } from '../fields.ts';
import { fieldId, hiddenField, selectField, tickField } from '../page/form-fields.ts';
import { layout } from '../page/layout.ts';
import { problemInWords, problemSummary } from '../page/problems.ts';
import { problemsByField } from '../page/problems-by-field.ts';
import { clinicPath } from '../paths.ts';
import { protocolChoice } from '../protocols/protocol-words.ts';
import { ID_FIELD } from './fact-fields.ts';
import {
  atField,
  factField,
  factFieldOf,
  factGroups,
  factsState,
  hiddenFacts,
  typedFacts,
  withLabel,
} from './facts-form.ts';

/** The form that registers an episode, with what was typed and what must be mended. */
export function registerForm(
  call: ClinicCall,
  fields: Fields,
  {
    protocols,
    problems: found = [],
  }: { readonly protocols: readonly ApprovedVersion[]; readonly problems?: readonly Problem[] },
): Markup {
  const { clinic } = call;
  const problems = found.map(atField);
  const state = factsState(fields, problems);
  const choices = protocols.map((each) => protocolChoice(each));
  const body = html`<h1>Register an episode</h1>
<p>One episode is one ablated lesion in one breast. What is not known stays empty: it is then named as assumed, and never read as harmless. Nothing is kept before you have seen the plan that it gives.</p>
${problemSummary(problems.map(withLabel), factFieldOf)}${
  protocols.length === 0
    ? html`<p class="alarm">No clinician has approved a protocol for this clinic yet, so no episode can be registered. <a href="${clinicPath(clinic, 'protocols')}">See the protocols</a>.</p>
`
    : EMPTY
}<form method="post" action="${clinicPath(clinic, 'register')}">
<fieldset><legend>Episode</legend>
<div class="columns">
${factField(ID_FIELD, state)}${selectField({ name: 'protocol', label: 'Protocol', required: true, choices, hint: 'Only protocols that a clinician approved for the clinic.' }, state)}</div>
</fieldset>
${factGroups(state)}<div class="actions"><button name="step" value="preview">Show the plan</button></div>
</form>
`;
  return layout(call, clinic, { title: 'Register an episode', body });
}

/** What registering would give, to be confirmed. */
export function registerPreview(
  call: ClinicCall,
  fields: Fields,
  { registered, plan, ablation, doubts, problems }: RegisterPreview,
): Markup {
  const { clinic } = call;
  const state = { fields, problems: problemsByField(problems) };
  const { externalId, nextVisit } = registered;
  const body = html`<h1>Register ${externalId}: check the plan</h1>
${problemSummary(problems, ({ path }) => fieldId(path))}<p>${
    nextVisit === null
      ? 'The protocol plans no visit.'
      : `The first visit is due from ${nextVisit.earliest} to ${nextVisit.latest}.`
  } Nothing is kept yet.</p>
${doubtsMarkup(doubts)}<form method="post" action="${clinicPath(clinic, 'register')}">
${hiddenField('id', fields.text('id'))}${hiddenField('protocol', fields.text('protocol'))}
${hiddenFacts(fields)}${
  doubts.length === 0
    ? EMPTY
    : tickField({ name: 'accept', label: 'It is another episode: register it' }, state)
}<div class="actions"><button name="step" value="confirm">Register ${externalId}</button> <button class="second" name="step" value="edit">Change something</button></div>
</form>
<h2>The plan</h2>
${plan}<h2>Technical minimum of the ablation</h2>
${technicalMinimum(ablation)}<h2>What you typed</h2>
${typedFacts(fields)}`;
  return layout(call, clinic, { title: `Register ${externalId}`, body });
}

function doubtsMarkup(doubts: readonly Problem[]): Markup {
  if (doubts.length === 0) return EMPTY;
  return html`<div class="alarm"><h2>Is it registered already?</h2>
<ul>
${doubts.map(
  // How it is accepted is the box below.
  ({ mend: _, ...doubt }) => html`<li>${problemInWords(doubt)}</li>
`,
)}</ul>
</div>
`;
}

interface RegisterPreview {
  readonly registered: Registered;
  readonly plan: Markup;
  readonly ablation: AblationFacts;
  /** Why the clinic may have it already. */
  readonly doubts: readonly Problem[];
  readonly problems: readonly Problem[];
}
