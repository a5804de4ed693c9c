import { ICalCalendar } from 'ical-generator';
import type { CalendarItem } from './calendar-item.ts';
import type { CalendarRevision } from './calendar-revision.ts';

const BEGIN = 'BEGIN:VEVENT\r\n';
const END = 'END:VEVENT\r\n';

/**
 * An item as VEVENT text (RFC 5545 3.6.1), folded, from `BEGIN:VEVENT` to the line break behind
 * `END:VEVENT`. The same item and revision give the same bytes.
 */
export function renderEvent({ uid, content }: CalendarItem, revision: CalendarRevision): string {
  const { sequence, stamp, created } = revision;
  const calendar = new ICalCalendar({
    timezone: null,
    events: [
      {
        ...content,
        id: uid,
        sequence,
        stamp: new Date(stamp),
        lastModified: new Date(stamp),
        created: new Date(created),
      },
    ],
  });
  const text = calendar.toString();
  return text.slice(text.indexOf(BEGIN), text.lastIndexOf(END) + END.length);
}
