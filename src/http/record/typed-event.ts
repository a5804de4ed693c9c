import type { Fields } from '../fields.ts';
import { typedValue } from '../page/typed-value.ts';
import { type EventField, type EventForm, fieldsOf } from './event-form.ts';
import { typedAppointment } from './typed-appointment.ts';

type Document = Readonly<Record<string, unknown>>;

/**
 * The event that was typed, as a document for the check: what is wrong stays as it was typed, what is
 * empty is not there. `zone`: the clinic's, for the hour of an appointment.
 */
export function typedEvent(form: EventForm, fields: Fields, zone: string): Document {
  const values = fieldsOf(form).flatMap((field) => valuesOf(field, fields, zone));
  return values.reduce<Document>(
    (event, [path, value]) => withValue(event, path.split('.'), value),
    {
      type: form.type,
    },
  );
}

function valuesOf(field: EventField, fields: Fields, zone: string): [string, unknown][] {
  const { name, kind } = field;
  if (kind === 'ticks') {
    const all = fields.all(name);
    return all.length === 0 ? [] : [[name, all]];
  }
  const text = fields.optional(name);
  if (kind === 'appointment-time' || text === undefined) return [];
  if (kind === 'appointment-day') return [['appointment', typedAppointment(fields, zone)]];
  const typed = kind === 'words' ? 'text' : kind;
  return [[name, typedValue(typed, text)]];
}

function withValue(document: Document, path: readonly string[], value: unknown): Document {
  const [first = '', ...rest] = path;
  if (rest.length === 0) return { ...document, [first]: value };
  const inner = (document[first] ?? {}) as Document;
  return { ...document, [first]: withValue(inner, rest, value) };
}
