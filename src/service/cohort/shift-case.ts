import { addDays, formatDay, parseDay } from '../../domain/civil-date.ts';
import type { CaseDocument } from '../../input/parse-case.ts';
import { DAY_FIELDS } from './day-fields.ts';

type EventDocument = CaseDocument['events'][number];

/** Every field of an event that moves: days, and the text that begins with one. */
const MOVED = { ...DAY_FIELDS, appointment: true };

/**
 * The case with each of its dates `days` later (earlier, when negative); `document` is not changed.
 * Of an appointment the day moves; its time of day, zone and offset stay as they were written.
 *
 * For the sample clinic only, so that it looks the same on whatever day it is tried. Clinical data
 * are never shifted: windows are counted in months, so a plan does not move with its dates.
 */
export function shiftCase(document: CaseDocument, days: number): CaseDocument {
  const { asOf, episode, events } = document;
  return {
    ...document,
    ...(asOf === undefined ? {} : { asOf: shiftDate(asOf, days) }),
    episode: {
      ...episode,
      ablation: { ...episode.ablation, date: shiftDate(episode.ablation.date, days) },
    },
    events: events.map((event) => shiftEvent(event, days)),
  };
}

function shiftEvent(event: EventDocument, days: number): EventDocument {
  const fields = Object.entries(event).map(([field, value]) => [
    field,
    Object.hasOwn(MOVED, field) && typeof value === 'string' ? shiftDate(value, days) : value,
  ]);
  return Object.fromEntries(fields) as EventDocument;
}

/** Moves the date that a text begins with. A text without one stays as it is: it is not a date of a case. */
function shiftDate(text: string, days: number): string {
  const day = parseDay(text.slice(0, 10));
  return day === undefined ? text : formatDay(addDays(day, days)) + text.slice(10);
}
