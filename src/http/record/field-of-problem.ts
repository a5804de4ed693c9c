import { parseDay } from '../../domain/civil-date.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Fields } from '../fields.ts';
import { type EventForm, fieldsOf } from './event-form.ts';

/** The fields beside those of the event: what is left unanswered on somebody's word, and why. */
export const ACKNOWLEDGE = { escalations: 'acknowledge', reason: 'acknowledgeReason' } as const;

/** Problems of a recording under the names of the fields in which they are to be mended. */
export function problemsOfForm(
  form: EventForm,
  fields: Fields,
  problems: readonly Problem[],
): readonly Problem[] {
  const names = new Set(fieldsOf(form).map(({ name }) => name));
  return problems.map((problem) => ({ ...problem, path: fieldOf(problem.path, fields, names) }));
}

/** The name of the field; empty where the problem is about the recording as a whole. */
function fieldOf(path: string, fields: Fields, names: ReadonlySet<string>): string {
  if (path === 'acknowledgement.escalations') return ACKNOWLEDGE.escalations;
  if (path === 'acknowledgement.reason') return ACKNOWLEDGE.reason;
  const name = path.replace(/^events\[0\]\.?/, '').replace(/\[\d+\]$/, '');
  if (name === 'appointment') return partOfAppointment(fields);
  if (names.has(name)) return name;
  // An object that lacks a field, `findings.enhancement` say, is told at the first of its fields.
  return [...names].find((each) => name !== '' && each.startsWith(`${name}.`)) ?? '';
}

function partOfAppointment(fields: Fields): string {
  const isTimed = fields.text('time') !== '';
  return isTimed && parseDay(fields.text('day')) !== undefined ? 'time' : 'day';
}
