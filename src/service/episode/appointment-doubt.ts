import { type Day, formatDay } from '../../domain/civil-date.ts';
import type { Problem } from '../../domain/problem.ts';
import { isLeftOut } from '../../export/appointment.ts';

/**
 * Why nobody can come to an appointment: its day lies before `today`, or its clock never shows the
 * hour. `undefined`: neither.
 */
export function appointmentDoubt(
  appointment: string,
  today: Day,
): Omit<Problem, 'path'> | undefined {
  // Days in this form are in order as text.
  if (appointment.slice(0, 10) < formatDay(today)) {
    return {
      message: 'the appointment lies in the past',
      found: appointment,
      allowed: `${formatDay(today)} or later`,
    };
  }
  if (!isLeftOut(appointment)) return undefined;
  return {
    message: 'there is no such hour on that day: the clocks are put forward',
    found: appointment,
    allowed: 'an hour that the clock of the zone shows',
  };
}
