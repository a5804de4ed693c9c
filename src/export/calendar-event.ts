import { ICalCalendar } from 'ical-generator';
import { folded } from './calendar-fold.ts';
import type { CalendarItem } from './calendar-item.ts';
import type { CalendarRevision } from './calendar-revision.ts';

/**
 * Items of one revision as VEVENT text (RFC 5545 3.6.1), folded, each from `BEGIN:VEVENT` to the line
 * break behind `END:VEVENT`, in the order of the items. The same items and revision give the same bytes.
 */
export function renderEvents(
  items: readonly CalendarItem[],
  { sequence, stamp, created }: CalendarRevision,
): string[] {
  const calendar = new ICalCalendar({ timezone: null });
  const changed = new Date(stamp);
  const revision = { sequence, stamp: changed, lastModified: changed, created: new Date(created) };
  return items.map(({ uid, content }) =>
    folded(calendar.createEvent({ ...content, id: uid, ...revision }).toString()),
  );
}

/** One item as `renderEvents` writes it. */
export function renderEvent(item: CalendarItem, revision: CalendarRevision): string {
  return renderEvents([item], revision).join('');
}
