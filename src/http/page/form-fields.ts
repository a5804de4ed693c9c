import type { Problem } from '../../domain/problem.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import type { Fields } from '../fields.ts';
import { problemInWords } from './problems.ts';

/** What a form shows again: what was typed, and what must be mended, by field. */
export interface FormState {
  readonly fields: Fields;
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
}

/**
 * One field: its name in the form, its label, and what is expected. What is needed is said, but not
 * to the browser as `required`: that it is missing is told by the answer, with everything else.
 */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly required?: boolean | undefined;
}

export interface TextField extends Field {
  readonly type?: 'text' | 'date' | 'datetime-local' | 'number' | 'password' | 'search' | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly step?: string | undefined;
  readonly autocomplete?: string | undefined;
  /** `ltr` for codes; the size in characters. */
  readonly size?: number | undefined;
}

/** A choice: what is sent, and what is shown. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A line of text, a date, a number. It shows what was typed, however wrong. */
export function textField(field: TextField, state: FormState): Markup {
  const { type = 'text', min, max, step, autocomplete = 'off', size } = field;
  const value = type === 'password' ? '' : state.fields.text(field.name);
  const shape = html`${attribute('min', min)}${attribute('max', max)}${attribute('step', step)}${attribute('size', size)}`;
  return around(
    field,
    state,
    (rest) =>
      html`<input type="${type}" value="${value}" autocomplete="${autocomplete}"${shape}${rest}>`,
  );
}

/** Several lines of text. */
export function areaField(field: Field, state: FormState): Markup {
  const value = state.fields.text(field.name);
  return around(field, state, (rest) => html`<textarea rows="3"${rest}>${value}</textarea>`);
}

/** One of several; the first choice of a field that is not required is nothing. */
export function selectField(
  field: Field & { readonly choices: readonly Choice[]; readonly nothing?: string | undefined },
  state: FormState,
): Markup {
  const { choices, nothing = 'not recorded' } = field;
  const chosen = state.fields.text(field.name);
  const all =
    field.required === true && chosen !== ''
      ? choices
      : [{ value: '', label: field.required === true ? 'choose' : nothing }, ...choices];
  const options = all.map(
    ({ value, label }) =>
      html`<option value="${value}"${value === chosen ? html` selected` : EMPTY}>${label}</option>`,
  );
  return around(field, state, (rest) => html`<select${rest}>${options}</select>`);
}

/** A box to tick; its value is `yes`. */
export function tickField(field: Field, state: FormState): Markup {
  const ticked = state.fields.text(field.name) === 'yes';
  const { id, rest, told } = parts(field, state);
  return html`<div class="field tick"><input type="checkbox" value="yes"${ticked ? html` checked` : EMPTY}${rest}> <label for="${id}">${field.label}</label>${told}</div>
`;
}

/** Several choices of which any number may be ticked. */
export function tickGroup(
  field: Field & { readonly choices: readonly Choice[] },
  state: FormState,
): Markup {
  const chosen = new Set(state.fields.all(field.name));
  return html`<fieldset class="ticks"><legend>${field.label}</legend>
${field.choices.map(
  ({ value, label }) =>
    html`<label><input type="checkbox" name="${field.name}" value="${value}"${chosen.has(value) ? html` checked` : EMPTY}> ${label}</label>
`,
)}</fieldset>
`;
}

/** What a form sends along without showing it. */
export function hiddenField(name: string, value: string): Markup {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

/** The id of a field in the page, for links from a problem to it. */
export function fieldId(name: string): string {
  return `f-${name.replace(/[^A-Za-z0-9]+/g, '-')}`;
}

function around(field: Field, state: FormState, control: (rest: Markup) => Markup): Markup {
  const { id, rest, told, hint } = parts(field, state);
  return html`<div class="field"><label for="${id}">${field.label}${field.required === true ? html` <span class="needed">(needed)</span>` : EMPTY}</label>${hint}${control(rest)}${told}</div>
`;
}

function parts({ name, hint, required }: Field, { problems }: FormState) {
  const id = fieldId(name);
  const wrong = problems.get(name) ?? [];
  const describedBy = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(wrong.length === 0 ? [] : [`${id}-wrong`]),
  ].join(' ');
  const rest = html` id="${id}" name="${name}"${required === true ? html` aria-required="true"` : EMPTY}${wrong.length === 0 ? EMPTY : html` aria-invalid="true"`}${attribute('aria-describedby', describedBy || undefined)}`;
  const told =
    wrong.length === 0
      ? EMPTY
      : html`<p class="wrong" id="${id}-wrong">${wrong.map(problemInWords).join(' ')}</p>`;
  const hinted =
    hint === undefined ? EMPTY : html`<span class="hint" id="${id}-hint">${hint}</span>`;
  return { id, rest, told, hint: hinted };
}

function attribute(name: string, value: string | number | undefined): Markup {
  return value === undefined ? EMPTY : html` ${name}="${value}"`;
}
