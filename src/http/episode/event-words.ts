import { capitalised } from '../../domain/capitalised.ts';
import { keyInWords } from '../../domain/visit-words.ts';
import { appointmentInWords } from '../../export/appointment-words.ts';
import { spaced } from '../../export/plan-words.ts';
import { type EventField, fieldsOf } from '../record/event-form.ts';
import { eventFormOf } from '../record/event-forms.ts';

/** What the head of an event says already. */
const HEAD: ReadonlySet<string> = new Set(['id', 'type', 'date']);

/** Where an event names visits or escalations by their keys. */
const KEYS: ReadonlySet<string> = new Set(['item', 'visit', 'escalation', 'answers']);

/** What an event says beside its type, id and date: `Modality: MRI; BI-RADS category: 2`. */
export function eventInWords(event: { readonly type: string }, zone: string): string {
  const form = eventFormOf(event.type);
  const fields = new Map(
    form === undefined ? [] : fieldsOf(form).map((field) => [field.name, field]),
  );
  return leaves(event)
    .filter(([path]) => !HEAD.has(path))
    .map(([path, value]) =>
      path === 'appointment'
        ? `Appointment: ${appointmentInWords(value, zone)}`
        : leafInWords(path, value, fields.get(path)),
    )
    .join('; ');
}

function leafInWords(path: string, value: string, field: EventField | undefined): string {
  if (field === undefined) return `${capitalised(path)}: ${value}`;
  const { label, kind } = field;
  const isTerm = kind === 'choice' && path !== 'of' && !KEYS.has(path);
  return `${label}: ${isTerm ? spaced(value) : value}`;
}

/** Each value under its path, `findings.wall.minMm`. */
function leaves(value: object, above = ''): [string, string][] {
  return Object.entries(value).flatMap(([name, part]): [string, string][] => {
    if (part === undefined) return [];
    const path = above + name;
    if (Array.isArray(part))
      return [[path, part.length === 0 ? 'none' : part.map((each) => told(path, each)).join(', ')]];
    if (typeof part === 'object' && part !== null) return leaves(part, `${path}.`);
    return [[path, told(path, part)]];
  });
}

function told(path: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return KEYS.has(path) ? keyInWords(String(value)) : String(value);
}
