import type { Day } from '../domain/civil-date.ts';
import type { PlannedVisit } from '../plan/plan.ts';
import type { Bucket } from '../plan/worklist-buckets.ts';
import { planDay } from './plan-day.ts';

/** The days of an open visit, as the buckets ask for them. */
export interface VisitDays {
  readonly earliest: Day;
  readonly latest: Day;
  /** The day of the latest booking, whenever it is. */
  readonly appointment: Day | null;
  /** Last day of a deferral that moved the deadline. */
  readonly deferredUntil: Day | null;
}

/** Reads the days of a visit. */
export function visitDays({ earliest, latest, booking, deferral }: PlannedVisit): VisitDays {
  return {
    earliest: planDay(earliest),
    latest: planDay(latest),
    appointment: booking === null ? null : planDay(booking.appointment.slice(0, 10)),
    deferredUntil: deferral === null || deferral.until !== latest ? null : planDay(deferral.until),
  };
}

/** Whether a visit's appointment is today or later and inside the window. */
export function appointmentStands(
  { earliest, latest, appointment }: VisitDays,
  asOf: Day,
): boolean {
  return (
    appointment !== null && asOf <= appointment && earliest <= appointment && appointment <= latest
  );
}

/** What the buckets ask of the day and the clinic. */
export interface BucketSetting {
  readonly asOf: Day;
  readonly soonDays: number;
  /** Last day of a suspension that holds, inclusive. */
  readonly suspendedUntil: Day | null;
}

/**
 * The bucket of an open visit. An appointment takes a visit off the active part of the list only
 * while it lies ahead and inside the window, and a deferral only while its end is more than
 * `soonDays` away: so no visit comes to be overdue without having been `due` or `booked` before,
 * unless it was on hold. A suspension is no reason to show the lane visits of far years.
 */
export function bucketOfVisit(
  { status, kind }: Pick<PlannedVisit, 'status' | 'kind'>,
  days: VisitDays,
  { asOf, soonDays, suspendedUntil }: BucketSetting,
): Bucket {
  if (status === 'on-hold') {
    const farAway =
      kind === 'lane' && suspendedUntil !== null && days.earliest - suspendedUntil > soonDays;
    return farAway ? 'later' : 'on-hold';
  }
  if (asOf > days.latest) return 'overdue';
  if (appointmentStands(days, asOf)) return 'booked';
  if (days.deferredUntil !== null && days.deferredUntil - asOf > soonDays) return 'deferred';
  if (asOf >= days.earliest) return 'due';
  return days.earliest - asOf <= soonDays ? 'opens-soon' : 'later';
}
