import { formatDay, parseDay } from '../domain/civil-date.ts';
import type { Booking } from '../domain/event.ts';
import type { Note, ScheduledVisit } from '../plan/schedule.ts';

const OPEN: ReadonlySet<string> = new Set(['not-yet-due', 'due', 'overdue', 'on-hold', 'forecast']);

/** Bookings of visits that are not planned, or on a day outside the window. */
export function bookingWarnings(
  bookings: ReadonlyMap<string, Booking>,
  visits: readonly ScheduledVisit[],
): Note[] {
  if (bookings.size === 0) return [];
  return [...bookings.values()].flatMap((booking) => {
    const visit = visits.find(({ key }) => key === booking.visit);
    if (visit === undefined) {
      return [
        {
          code: 'booking-without-visit',
          event: booking.id,
          message: `Booking ${booking.id} is for ${booking.visit}, which is not in the plan.`,
        },
      ];
    }
    const day = parseDay(booking.appointment.slice(0, 10));
    const { earliest, latest } = visit.window;
    if (day === undefined || !OPEN.has(visit.status) || (earliest <= day && day <= latest)) {
      return [];
    }
    return [
      {
        code: 'booking-outside-window',
        event: booking.id,
        message: `Booking ${booking.id} on ${formatDay(day)} lies outside the window of ${booking.visit}, ${formatDay(earliest)} to ${formatDay(latest)}.`,
      },
    ];
  });
}
