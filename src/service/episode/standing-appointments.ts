import { visitInWords } from '../../domain/visit-words.ts';
import { appointmentInWords } from '../../export/appointment-words.ts';
import { isAhead } from '../../export/plan-words.ts';
import type { Plan, PlannedVisit } from '../../plan/plan.ts';
import type { Note } from '../../plan/schedule.ts';

/** A plan before and after events are recorded, as of the same day. */
interface BeforeAndAfter {
  readonly before: Plan;
  readonly after: Plan;
}

/** The appointments that an appointment of the recording takes the place of, by the clock of the clinic. */
export function replacedAppointments({ before, after }: BeforeAndAfter, zone?: string): string[] {
  return before.visits.flatMap((visit) => {
    const standing = bookedAhead(visit, before);
    const now = after.visits.find(({ key }) => key === visit.key)?.booking;
    return standing === null || !now || now.event === standing.event
      ? []
      : [`It replaces the appointment of ${appointmentInWords(standing.appointment, zone)}.`];
  });
}

/**
 * Appointments ahead whose visit a recording takes away, by its end, a decline or a suspension: somebody
 * waits for the patient then, unless they are cancelled. `zone` is the clinic's.
 */
export function appointmentsToCancel({ before, after }: BeforeAndAfter, zone: string): Note[] {
  return before.visits.flatMap((visit) => {
    const booking = bookedAhead(visit, before);
    const why =
      booking && whyCancel(visit.key, booking.appointment.slice(0, 10), { before, after });
    if (!booking || !why) return [];
    const appointment = appointmentInWords(booking.appointment, zone);
    return [
      {
        code: 'appointment-to-cancel',
        event: booking.event,
        message: `Cancel the appointment of ${appointment} at the clinic: its visit (${visitInWords(visit.key)}) ${why}.`,
      },
    ];
  });
}

function bookedAhead(visit: PlannedVisit, { asOf }: Plan): PlannedVisit['booking'] {
  const { booking } = visit;
  return booking !== null && isAhead(visit) && booking.appointment.slice(0, 10) >= asOf
    ? booking
    : null;
}

function whyCancel(
  key: string,
  day: string,
  { before, after }: BeforeAndAfter,
): string | undefined {
  const visit = after.visits.find((each) => each.key === key);
  // What an open escalation holds comes back when it is answered.
  if (visit === undefined) {
    return after.phase === 'escalated' ? undefined : 'is not in the plan any more';
  }
  if (visit.status === 'declined') return 'is declined';
  return isSuspendedOn(day, after) && !isSuspendedOn(day, before)
    ? `is on hold until ${after.suspendedUntil}`
    : undefined;
}

function isSuspendedOn(day: string, { suspendedUntil }: Plan): boolean {
  return suspendedUntil !== null && day <= suspendedUntil;
}
