import { addDays, type DateText, type Day, formatDay } from '../../domain/civil-date.ts';
import type { Booking } from '../../domain/event.ts';
import { isVisitKey } from '../../domain/keys.ts';
import type { Problem } from '../../domain/problem.ts';
import { isAhead } from '../../export/plan-words.ts';
import { capText, cleanLine } from '../../export/sanitize.ts';
import { type BookedAppointment, readAppointmentEvent } from '../../input/booked-appointments.ts';
import type { CalendarFile } from '../../input/calendar-file.ts';
import type { Plan, PlannedVisit } from '../../plan/plan.ts';
import type { CalendarEntry } from '../../store/calendar-entry.ts';
import { appointmentDoubt, LATE_BOOKING_DAYS } from '../episode/appointment-doubt.ts';
import { fileAppointment, sameAppointment } from './file-appointment.ts';
import type { MatchedEvent } from './match-bookings.ts';

const LONGEST_LOCATION = 500;

interface StatedBooking {
  readonly appointment: string;
  readonly location?: string;
  /** The window of the visit, where the appointment lies outside of it. */
  readonly outsideWindow?: { readonly earliest: DateText; readonly latest: DateText };
}

/**
 * What an event of the clinic's calendar says of a visit.
 *
 * - `booking`: an appointment that is not recorded yet
 * - `recorded`: the appointment that is recorded
 * - `untouched`: our own entry as it was handed out; it has no time, so nothing was booked
 * - `outdated`: an older revision of our own entry, which was not updated
 * - `cancelled`: the clinic cancelled it; a person must say what that means
 */
export type Verdict =
  | ({ readonly says: 'booking' | 'recorded' } & StatedBooking)
  | { readonly says: 'untouched' | 'outdated' }
  | { readonly says: 'cancelled'; readonly appointment: string | null }
  | { readonly says: 'problem'; readonly problem: Problem };

/** What a matched event is judged by. */
export interface BookingGround {
  /** The plan of the episode as it stands. */
  readonly plan: Plan;
  /** Bookings of the visit that stand, in order; the last one counts. */
  readonly bookings: readonly Booking[];
  readonly zones: CalendarFile['zones'];
  readonly clinicZone: string;
  readonly today: Day;
  /** True: someone has seen what is doubtful, and means it. */
  readonly acceptDoubtful: boolean;
}

/** Judges one event that is about a visit of ours. */
export function judgeBooking(match: MatchedEvent, ground: BookingGround): Verdict {
  const { event, handedOut } = match;
  const read = readAppointmentEvent(event, ground.zones);
  if (!read.ok) return { says: 'problem', problem: read.problems[0] ?? unsure(event.index) };
  const found = read.value;
  const open = ground.plan.visits.find((visit) => visit.key === handedOut.key && isAhead(visit));
  const newest = ground.bookings.at(-1);
  const older = match.byUid && isOlder(found, handedOut.entries);
  if (found.cancelled) {
    if (open === undefined) return { says: 'untouched' };
    if (older) return { says: 'outdated' };
    return { says: 'cancelled', appointment: newest?.appointment ?? null };
  }
  const appointment = fileAppointment(found.start, ground.clinicZone);
  if (appointment === undefined) return { says: 'problem', problem: unsure(event.index) };
  const stated = { appointment, ...locationOf(found) };
  if (newest !== undefined && isRecorded(stated, newest)) return { says: 'recorded', ...stated };
  if (found.start.kind === 'day' && isOnDayHandedOut(found.start.day, handedOut.entries)) {
    return { says: 'untouched' };
  }
  if (older && mayBeOurs(found, appointment, ground.bookings)) return { says: 'outdated' };
  if (open === undefined) return { says: 'problem', problem: notOpen(event.index, handedOut.key) };
  const doubt = ground.acceptDoubtful ? undefined : doubtOf(appointment, open, ground.today);
  if (doubt === undefined) return { says: 'booking', ...stated, ...outside(appointment, open) };
  return { says: 'problem', problem: { path: `events[${event.index}]`, ...doubt, mend: MEND } };
}

const MEND = 'look at it in the calendar; if it is right all the same, accept it: --accept';

/**
 * A mistyped year would stand in the calendar of a patient whose visit nobody awaits. An overdue visit
 * has only days outside of its window: it may be booked for one soon.
 */
function doubtOf(
  appointment: string,
  { key, earliest, latest }: PlannedVisit,
  today: Day,
): Omit<Problem, 'path'> | undefined {
  const day = appointment.slice(0, 10);
  const impossible = appointmentDoubt(appointment, today);
  if (impossible !== undefined || (earliest <= day && day <= latest)) return impossible;
  const isCatchUp =
    latest < formatDay(today) && day <= formatDay(addDays(today, LATE_BOOKING_DAYS));
  if (isCatchUp) return undefined;
  return {
    message: `the appointment lies outside the window of ${key}`,
    found: appointment,
    allowed: `${earliest} to ${latest}`,
  };
}

function outside(
  appointment: string,
  { earliest, latest }: PlannedVisit,
): Pick<StatedBooking, 'outsideWindow'> {
  const day = appointment.slice(0, 10);
  return earliest <= day && day <= latest ? {} : { outsideWindow: { earliest, latest } };
}

function locationOf({ location }: BookedAppointment): { readonly location?: string } {
  const text = capText(cleanLine(location ?? ''), LONGEST_LOCATION);
  return text === '' ? {} : { location: text };
}

/** A file that tells no place says nothing against the one that is recorded. */
function isRecorded(
  { appointment, location }: { readonly appointment: string; readonly location?: string },
  newest: Booking,
): boolean {
  return (
    sameAppointment(appointment, newest.appointment) &&
    (location === undefined || location === newest.location)
  );
}

function isOnDayHandedOut(day: string, entries: readonly CalendarEntry[]): boolean {
  const line = `DTSTART;VALUE=DATE:${day.replaceAll('-', '')}\r\n`;
  return entries.some(({ vevent }) => vevent.includes(`\r\n${line}`));
}

/**
 * Whether an event of ours is an older revision than the one handed out last, and not edited since.
 * Where a program drops SEQUENCE the time of the last edit decides; where it drops both, the event is
 * taken as it is.
 */
function isOlder(
  { sequence, modified }: BookedAppointment,
  entries: readonly CalendarEntry[],
): boolean {
  if (sequence === null && modified === null) return false;
  return entries.every(
    (entry) => (sequence ?? 0) < entry.sequence && (modified ?? 0) <= entry.stamp,
  );
}

/** A day may come from any revision that was handed out; a time only from a booking. */
function mayBeOurs(
  { start }: BookedAppointment,
  appointment: string,
  bookings: readonly Booking[],
): boolean {
  if (start.kind === 'day') return true;
  return bookings.some((booking) => sameAppointment(booking.appointment, appointment));
}

function unsure(index: number): Problem {
  return {
    path: `events[${index}]`,
    message: 'the hour of the appointment is not sure: its time zone is unknown or unusual',
    allowed: 'UTC, or a zone of the IANA, Europe/Berlin say',
    mend: 'record the booking by hand',
  };
}

function notOpen(index: number, key: string): Problem {
  return {
    path: `events[${index}]`,
    message: isVisitKey(key)
      ? 'the event books a visit that is not open any more'
      : 'the event gives a time to an escalation, which is no visit',
    mend: 'look at the episode; book the visit that is open',
  };
}
