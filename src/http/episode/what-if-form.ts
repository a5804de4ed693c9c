import type { Problem } from '../../domain/problem.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import type { Fields } from '../fields.ts';
import {
  type Choice,
  type FormState,
  fieldId,
  hiddenField,
  selectField,
  textField,
} from '../page/form-fields.ts';
import { formProblem } from '../page/form-problem.ts';
import { problemSummary } from '../page/problems.ts';
import { problemsByField } from '../page/problems-by-field.ts';
import { type EventField, fieldsOf } from '../record/event-form.ts';
import { factField } from '../register/facts-form.ts';
import { examForm, SUPPOSED_FACTS } from './what-if-fields.ts';

/** What the form for a supposition is shown with. */
export interface WhatIfFormParts {
  /** Where it is sent, and where the way back leads. */
  readonly action: string;
  readonly back: string;
  readonly fields: Fields;
  /** Under the names of the fields. */
  readonly problems: readonly Problem[];
  /** The protocols that the episode might follow instead. */
  readonly protocols: readonly Choice[];
}

/** Asks what is to be supposed. It is sent with GET: nothing is recorded, and the address can be kept. */
export function whatIfForm({
  action,
  back,
  fields,
  problems: found,
  protocols,
}: WhatIfFormParts): Markup {
  const kinds = new Map(
    [...fieldsOf(examForm()), ...SUPPOSED_FACTS].map(({ name, kind }) => [name, kind]),
  );
  const problems = found.map((problem) => formProblem(problem, kinds.get(problem.path)));
  const state: FormState = { fields, problems: problemsByField(problems) };
  const [exam, ...findings] = examForm().groups;
  return html`${problemSummary(problems.map(withLabel), ({ path }) => (path === '' ? undefined : fieldId(path)))}<form class="no-print" method="get" action="${action}">
${hiddenField('step', 'plan')}
<fieldset><legend>An exam of the treated side</legend>
<div class="columns">
${(exam?.fields ?? []).map((field) => examField(field, state))}</div>
${findings.map(
  ({
    title,
    fields: inside,
  }) => html`<details${isOpen(inside, state) ? html` open` : EMPTY}><summary>${title ?? ''}</summary>
<div class="columns">
${inside.map((field) => examField(field, state))}</div>
</details>
`,
)}</fieldset>
<fieldset><legend>Other facts</legend>
<div class="columns">
${SUPPOSED_FACTS.map((field) => factField(field, state))}</div>
</fieldset>
<fieldset><legend>Another protocol</legend>
${selectField({ name: 'protocol', label: 'Protocol', choices: protocols, nothing: 'the one that it follows' }, state)}</fieldset>
<div class="actions"><button>Show the plan that it would give</button> <a href="${action}">Start again</a> <a href="${back}">Back to the episode</a></div>
</form>
`;
}

/** The fault as the summary tells it, with the field that it is about. */
function withLabel(problem: Problem): Problem {
  const fields = [...fieldsOf(examForm()), ...SUPPOSED_FACTS];
  const label = fields.find(({ name }) => name === problem.path)?.label;
  return label === undefined ? problem : { ...problem, message: `${label}: ${problem.message}` };
}

function isOpen(fields: readonly EventField[], { fields: typed, problems }: FormState): boolean {
  return fields.some(({ name }) => typed.text(name) !== '' || problems.has(name));
}

/** All that an exam tells is chosen or a short text; nothing depends on the episode. */
function examField(field: EventField, state: FormState): Markup {
  const { name, label, kind, hint, choices, nothing } = field;
  if (Array.isArray(choices)) return selectField({ name, label, hint, choices, nothing }, state);
  return textField({ name, label, hint, type: kind === 'day' ? 'date' : 'text' }, state);
}
