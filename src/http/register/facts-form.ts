import type { Problem } from '../../domain/problem.ts';
import { html, type Markup } from '../../export/markup.ts';
import type { Fields } from '../fields.ts';
import { dayField } from '../page/day-field.ts';
import {
  type FormState,
  fieldId,
  hiddenField,
  selectField,
  textField,
} from '../page/form-fields.ts';
import { formProblem } from '../page/form-problem.ts';
import { understood } from '../page/typed-value.ts';
import { FACT_FIELDS, FACT_GROUPS, type FactField, ID_FIELD } from './fact-fields.ts';

const NAMES: ReadonlySet<string> = new Set([
  ID_FIELD.name,
  'protocol',
  ...FACT_FIELDS.map(({ name }) => name),
]);

/** What the form shows again: the fields, and each problem at the field that its path names. */
export function factsState(fields: Fields, problems: readonly Problem[]): FormState {
  const byName = new Map<string, Problem[]>();
  for (const problem of problems) {
    const name = factOf(problem);
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), problem]);
  }
  return { fields, problems: byName };
}

/** A problem as it is told at its field: what is missing is needed, and a number is what people type. */
export function atField(problem: Problem): Problem {
  const name = factOf(problem);
  if (problem.found === 'nothing' && name === undefined) return problem;
  return formProblem(problem, FACT_FIELDS.find((field) => field.name === name)?.kind);
}

/** The same above the form, with what its field is called. */
export function withLabel(problem: Problem): Problem {
  const name = factOf(problem);
  const field = [ID_FIELD, ...FACT_FIELDS].find((each) => each.name === name);
  return field === undefined
    ? problem
    : { ...problem, message: `${field.label}: ${problem.message}` };
}

/** The id in the page of the field that a problem is about. */
export function factFieldOf(problem: Problem): string | undefined {
  const name = factOf(problem);
  return name === undefined ? undefined : fieldId(name);
}

/** `episode.ablation.freezeMinutes[1]` is typed in the field `ablation.freezeMinutes`. */
function factOf({ path }: Problem): string | undefined {
  const name = path.replace(/^episode\./, '').replace(/\[\d+\]$/, '');
  return NAMES.has(name) ? name : undefined;
}

/** The fields of the reporting template, in groups. */
export function factGroups(state: FormState): Markup {
  return html`${FACT_GROUPS.map(
    ({ title, fields }) => html`<fieldset><legend>${title}</legend>
<div class="columns">
${fields.map((field) => factField(field, state))}</div>
</fieldset>
`,
  )}`;
}

/** One fact as a field. Numbers are typed as text, so that no browser throws away what it cannot read. */
export function factField({ kind, choices, ...field }: FactField, state: FormState): Markup {
  if (choices !== undefined) return selectField({ ...field, choices }, state);
  return kind === 'day' ? dayField(field, state) : textField(field, state);
}

/** Takes facts along through a page that shows them. */
export function hiddenFacts(fields: Fields): Markup {
  return html`${FACT_FIELDS.filter(({ name }) => fields.text(name) !== '').map(
    ({ name }) => html`${hiddenField(name, fields.text(name))}
`,
  )}`;
}

/** What was typed, in the order of the form; what is empty stands in one line. */
export function typedFacts(fields: Fields): Markup {
  const typed = FACT_FIELDS.filter(({ name }) => fields.text(name) !== '');
  const open = FACT_FIELDS.filter(({ name }) => fields.text(name) === '');
  return html`<dl class="facts">
${typed.map(
  (field) => html`<dt>${field.label}</dt><dd>${factInWords(field, fields.text(field.name))}</dd>
`,
)}</dl>
${
  open.length === 0
    ? ''
    : html`<p class="dim">Not recorded: ${open.map(({ label }) => label).join('; ')}.</p>
`
}`;
}

/** A fact as it is shown: the label of a choice, else what was typed as it was understood. */
export function factInWords({ kind, choices = [] }: FactField, text: string): string {
  return choices.find(({ value }) => value === text)?.label ?? understood(kind, text);
}
