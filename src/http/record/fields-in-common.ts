import { visitInWords } from '../../domain/visit-words.ts';
import { spaced } from '../../export/plan-words.ts';
import type { EventField } from './event-form.ts';

/** The day of an event; the form fills in the clinic's today. */
export function dateField(label = 'Date'): EventField {
  return { name: 'date', label, kind: 'day', required: true };
}

/** Why, in words. */
export function reasonField(required: boolean, hint?: string): EventField {
  return { name: 'reason', label: 'Reason', kind: 'words', required, hint };
}

/** One of a closed list of words. */
export function choiceField(
  name: string,
  label: string,
  values: readonly string[],
  more: Pick<EventField, 'required' | 'hint' | 'nothing'> = {},
): EventField {
  const choices = values.map((value) => ({ value, label: spaced(value) }));
  return { name, label, kind: 'choice', choices, ...more };
}

/** The visit that an event is about: one of those that are open. */
export const VISIT_FIELD: EventField = {
  name: 'visit',
  label: 'Visit',
  kind: 'choice',
  required: true,
  none: 'No visit of this episode is open.',
  choices: ({ openVisits }) =>
    openVisits.map(({ key, earliest, latest, modalities }) => ({
      value: key,
      label: `${visitInWords(key)}, ${modalities.join(' or ') || 'no modality possible'}, ${earliest} to ${latest}`,
    })),
};
