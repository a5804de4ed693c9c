import type { Fields } from '../fields.ts';
import { typedValue } from '../page/typed-value.ts';
import { FACT_FIELDS } from './fact-fields.ts';

type Values = Readonly<Record<string, unknown>>;

/** A case file's `episode` from the fields of the form. What is wrong stays as it was typed, for the check. */
export function factsDocument(id: string | undefined, fields: Fields): Values {
  const document: Record<string, unknown> = { ablation: {} };
  if (id !== undefined) document.id = id;
  for (const field of FACT_FIELDS) {
    const text = fields.optional(field.name);
    if (text === undefined) continue;
    const [first = '', second] = field.name.split('.');
    const value = typedValue(field.kind, text);
    if (second === undefined) document[first] = value;
    else document[first] = { ...(document[first] as object | undefined), [second]: value };
  }
  return document;
}

/** The texts of the form's fields for a case file's `episode`, by name; a fact that is not recorded is empty. */
export function factTexts(episode: object): Readonly<Record<string, string>> {
  return Object.fromEntries(
    FACT_FIELDS.map(({ name }) => {
      const [first = '', second] = name.split('.');
      const outer = (episode as Values)[first];
      const value = second === undefined ? outer : (outer as Values | undefined)?.[second];
      return [name, textOf(value)];
    }),
  );
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.join(' ') : String(value);
}
