import type { Plan } from '../plan/plan.ts';

/** The revision that an event carries. All instants in milliseconds since 1970-01-01T00:00Z. */
export interface CalendarRevision {
  /** DTSTAMP and LAST-MODIFIED: when the case last changed. */
  readonly stamp: number;
  /** CREATED: the same for ever. Without a store the day of the course's ablation, never after `stamp`. */
  readonly created: number;
  /** SEQUENCE. */
  readonly sequence: number;
}

const MINUTE = 60_000;

/**
 * The revision of a plan that no store keeps: the stamp given, else the date of the newest known
 * event (the ablation where none is newer), at 00:00 UTC; so the same input gives the same bytes.
 * A contact with the patient is in no calendar and moves none.
 *
 * SEQUENCE is that instant in whole minutes since 1970. It moves with DTSTAMP and only then, it
 * cannot fall while a case gains events, and no correction that takes events away can lower it as a
 * count of events could. A minute keeps it inside RFC 5545's 32 bits until the year 6053.
 */
export function calendarRevision(plan: Plan, given?: number): CalendarRevision {
  const ablation = midnight(plan.ablationDate);
  const newest = plan.events.reduce(
    (latest, { type, date }) => (type === 'contact' ? latest : Math.max(latest, midnight(date))),
    ablation,
  );
  const stamp = given ?? newest;
  return {
    stamp,
    created: Math.min(ablation, stamp),
    sequence: sequenceAt(stamp),
  };
}

/**
 * The SEQUENCE of an event that changes at an instant: whole minutes since 1970, so that it is higher
 * than any that was handed out before, even where a store was restored from a backup that knows
 * nothing of it. RFC 5545 3.8.7.4 asks only that it rises.
 */
export function sequenceAt(instant: number): number {
  return Math.max(0, Math.floor(instant / MINUTE));
}

function midnight(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}
