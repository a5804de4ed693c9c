import { parseDay } from '../../domain/civil-date.ts';
import type { Markup } from '../../export/markup.ts';
import { type Field, type FormState, textField } from './form-fields.ts';

/** A day. A browser shows nothing in a field for dates where what was typed is none: that stays a text. */
export function dayField(field: Field, state: FormState): Markup {
  const typed = state.fields.text(field.name);
  const type = typed === '' || parseDay(typed) !== undefined ? 'date' : 'text';
  return textField({ ...field, type }, state);
}
