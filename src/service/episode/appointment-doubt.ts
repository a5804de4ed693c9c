import { addDays, addMonths, type DateText, type Day, formatDay } from '../../domain/civil-date.ts';
import type { Problem } from '../../domain/problem.ts';
import { isLeftOut } from '../../export/appointment.ts';
import type { Plan, PlannedVisit } from '../../plan/plan.ts';

/** How far ahead a visit may be booked late, after the days that the plan gives it, without a question. */
export const LATE_BOOKING_DAYS = 92;

/** How far ahead an appointment is made at most: a mistyped year lies further off. */
const LONGEST_AHEAD_YEARS = 5;

type Doubt = Omit<Problem, 'path'>;

/**
 * Why nobody can come to an appointment: its clock never shows the hour, or its day lies before
 * `today`. `undefined`: neither.
 */
export function appointmentDoubt(appointment: string, today: Day): Doubt | undefined {
  if (isLeftOut(appointment)) {
    return {
      message: 'there is no such hour on that day: the clocks are put forward',
      found: appointment,
      allowed: 'an hour that the clock of the zone shows',
    };
  }
  // Days in this form are in order as text.
  const day = appointment.slice(0, 10);
  if (day >= formatDay(today)) return undefined;
  return {
    message: 'the appointment lies in the past',
    found: appointment,
    allowed: `${formatDay(today)} or later`,
  };
}

/**
 * Why an appointment hardly is for its visit: it lies outside of its window, and more than 5 years
 * ahead or on a day for which no such visit is planned. A visit that is overdue may be caught up on
 * soon. `undefined`: none of these.
 */
export function lateAppointmentDoubt(
  appointment: string,
  { kind, earliest, latest }: PlannedVisit,
  { horizon, visits }: Plan,
  today: Day,
): Doubt | undefined {
  const day = appointment.slice(0, 10);
  if (earliest <= day && day <= latest) return undefined;
  const furthest = formatDay(addMonths(today, 12 * LONGEST_AHEAD_YEARS));
  if (day > furthest) {
    return {
      message: `the appointment lies more than ${LONGEST_AHEAD_YEARS} years ahead`,
      found: appointment,
      allowed: `${furthest} or earlier`,
    };
  }
  const days: DateText[] = [latest, formatDay(addDays(today, LATE_BOOKING_DAYS))];
  if (horizon !== null) days.push(horizon);
  if (kind === 'lane') days.push(...visits.map((visit) => visit.latest));
  const last = days.reduce((a, b) => (b > a ? b : a));
  if (day <= last) return undefined;
  return {
    message: 'the appointment lies after the last day for which such visits are planned',
    found: appointment,
    allowed: `${last} or earlier`,
  };
}
