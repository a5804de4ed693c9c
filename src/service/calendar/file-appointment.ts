import { appointmentAt, appointmentInstant } from '../../export/appointment.ts';
import type { FileTime } from '../../input/booked-appointments.ts';

/**
 * The start of a clinic's event as the appointment of a booking, `2026-04-20T09:30[Europe/Berlin]`:
 * on the clock of its own zone where that is one of the IANA, else on the clinic's. `undefined` where
 * the hour is not sure: the zone is not known, or the file defines it otherwise.
 */
export function fileAppointment(start: FileTime, clinicZone: string): string | undefined {
  if (start.kind === 'day') return start.day;
  const { local, zone, instant } = start;
  if (zone === 'UTC') return instant === null ? undefined : appointmentAt(instant, clinicZone);
  const named = `${local}[${zone ?? clinicZone}]`;
  const known = appointmentInstant(named);
  if (known === undefined) return instant === null ? undefined : appointmentAt(instant, clinicZone);
  return instant === null || instant === known ? named : undefined;
}

/** Whether two appointments are the same day or the same moment. */
export function sameAppointment(a: string, b: string): boolean {
  if (a === b) return true;
  const moment = appointmentInstant(a);
  return moment !== undefined && moment === appointmentInstant(b);
}
