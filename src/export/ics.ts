import type { Plan } from '../plan/plan.ts';
import { assembleCalendar } from './calendar-assembly.ts';
import { renderEvents } from './calendar-event.ts';
import { calendarItems } from './calendar-item.ts';
import type { CalendarOptions } from './calendar-options.ts';
import { calendarRevision } from './calendar-revision.ts';

export type { CalendarOptions } from './calendar-options.ts';

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
  const { privacy = 'minimal', alarms, stamp, uid, calendarName } = options;
  const events = plans.flatMap((plan) => {
    const revision = calendarRevision(plan, stamp);
    const items = calendarItems(plan, {
      privacy,
      alarms,
      uid: (key) => uid(plan.episode.id, key),
    });
    return renderEvents(items, revision).map((vevent, place) => ({
      uid: items[place]?.uid ?? '',
      vevent,
    }));
  });
  return assembleCalendar(events, calendarName);
}
