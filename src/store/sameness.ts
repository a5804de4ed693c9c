import { compareTexts } from '../domain/compare-texts.ts';
import type { CalendarEntry } from './calendar-entry.ts';
import type { DueItem } from './due-item.ts';

/** Whether due items are the same, one by one: only what changed is written. */
export function sameItems(a: readonly DueItem[], b: readonly DueItem[]): boolean {
  return a.length === b.length && a.every((item, index) => sameItem(item, b[index]));
}

function sameItem(a: DueItem, b: DueItem | undefined): boolean {
  return (
    a.key === b?.key &&
    a.kind === b.kind &&
    a.earliest === b.earliest &&
    a.target === b.target &&
    a.latest === b.latest &&
    a.open === b.open
  );
}

/** Whether a calendar event is the same, byte for byte. */
export function sameEntry(a: CalendarEntry, b: CalendarEntry): boolean {
  return (
    a.uid === b.uid &&
    a.sequence === b.sequence &&
    a.stamp === b.stamp &&
    a.cancelled === b.cancelled &&
    a.vevent === b.vevent
  );
}

/** By key, then privacy, in the order of their bytes: that of a database, whatever the locale. */
export function sortedEntries<E extends CalendarEntry>(entries: readonly E[]): E[] {
  return [...entries].sort(
    (a, b) => compareTexts(a.key, b.key) || compareTexts(a.privacy, b.privacy),
  );
}
