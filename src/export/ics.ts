import { escape as escapeValue, ICalCalendar } from 'ical-generator';
import type { Plan } from '../plan/plan.ts';
import { CalendarEventWriter, type ZoneYears } from './calendar-event.ts';
import type { CalendarOptions } from './calendar-options.ts';
import { isAhead, isUnanswered } from './plan-words.ts';
import { capText, cleanLine, SUMMARY_LIMIT } from './sanitize.ts';
import { vtimezone } from './vtimezone.ts';

export type { CalendarOptions } from './calendar-options.ts';

const PRODID = '//Imaging follow-up//Calendar 1//EN';
const CALENDAR_NAME = 'Imaging follow-up';
const REFRESH_SECONDS = 12 * 3600;

/**
 * The calendar of some plans: RFC 5545, calendar.md. One all-day event on the target of each visit
 * that is ahead (open, overdue, forecast or on hold), the window told in its description; a booked
 * visit at its appointment. Filled, declined and missed visits are left out: the file is a snapshot
 * of what is ahead.
 *
 * `coded` and `named` also hold each unanswered escalation on the last day for its answer. `minimal`
 * never does, and leaves out the location, which is the clinic's free text: a patient must not learn
 * of a suspicious finding from a telephone, nor whoever else looks at it.
 *
 * An open visit has one alarm. A forecast or held one has none: it would call for an exam whose day
 * is not settled; nor has an escalation, which belongs on the worklist.
 *
 * The same plans and options give the same bytes. @throws RangeError for a UID of another form.
 */
export function toIcs(plans: readonly Plan[], options: CalendarOptions): string {
  const privacy = options.privacy ?? 'minimal';
  const years: ZoneYears = new Map();
  const events = plans.flatMap((plan) => {
    const writer = new CalendarEventWriter(plan, options, privacy, years);
    return [
      ...plan.visits.filter(isAhead).map((visit) => writer.visit(visit)),
      ...(privacy === 'minimal'
        ? []
        : plan.escalations.filter(isUnanswered).map((item) => writer.escalation(item, privacy))),
    ];
  });
  events.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const calendar = new ICalCalendar({
    prodId: PRODID,
    scale: 'GREGORIAN',
    name: escapeValue(
      capText(cleanLine(options.calendarName ?? CALENDAR_NAME), SUMMARY_LIMIT),
      false,
    ),
    ttl: REFRESH_SECONDS,
    timezone: { name: null, generator: (zone) => vtimezone(zone, years.get(zone) ?? []) },
    events,
  });
  return `${calendar.toString()}\r\n`;
}
