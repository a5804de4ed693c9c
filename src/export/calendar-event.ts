import { ICalCalendar } from 'ical-generator';
import type { CalendarItem } from './calendar-item.ts';
import type { CalendarRevision } from './calendar-revision.ts';

const BEGIN = 'BEGIN:VEVENT\r\n';
/** With the line break before it: no text of an event can hold a line of its own. */
const END = '\r\nEND:VEVENT\r\n';

/**
 * Items of one revision as VEVENT text (RFC 5545 3.6.1), folded, each from `BEGIN:VEVENT` to the line
 * break behind `END:VEVENT`, in the order of the items. The same items and revision give the same bytes.
 */
export function renderEvents(
  items: readonly CalendarItem[],
  { sequence, stamp, created }: CalendarRevision,
): string[] {
  if (items.length === 0) return [];
  const revised = {
    sequence,
    stamp: new Date(stamp),
    lastModified: new Date(stamp),
    created: new Date(created),
  };
  const text = new ICalCalendar({
    timezone: null,
    events: items.map(({ uid, content }) => ({ ...content, id: uid, ...revised })),
  }).toString();
  const events = text.slice(text.indexOf(BEGIN)).split(END, items.length);
  return events.map((event) => event + END);
}

/** One item as `renderEvents` writes it. */
export function renderEvent(item: CalendarItem, revision: CalendarRevision): string {
  return renderEvents([item], revision).join('');
}
