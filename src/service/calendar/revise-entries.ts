import type { CalendarPrivacy } from '../../domain/calendar-privacy.ts';
import { cancelEvent, createdOf } from '../../export/calendar-cancellation.ts';
import { renderEvent } from '../../export/calendar-event.ts';
import type { CalendarItem } from '../../export/calendar-item.ts';
import { sequenceAt } from '../../export/calendar-revision.ts';
import type { CalendarEntry } from '../../store/calendar-entry.ts';

/** DTSTAMP counts whole seconds: a later revision has a later one. */
const SECOND = 1000;

/** What became of the calendar events of an episode. */
export interface CalendarChanges {
  /** New revisions, to be kept. */
  readonly entries: readonly CalendarEntry[];
  /** Never handed out before. */
  readonly added: number;
  /** Told otherwise than before; also those that are planned again after they were cancelled. */
  readonly changed: number;
  /** No longer planned. */
  readonly cancelled: number;
  readonly unchanged: number;
}

/**
 * The new revisions of an episode's events at one level of privacy: those that are new, those that
 * would not be written as they were, and tombstones of those that vanished. SEQUENCE, DTSTAMP and
 * LAST-MODIFIED move together, for these and no others. calendar.md, "Identity".
 *
 * `kept` is all that was handed out at that level; `at` in milliseconds since 1970-01-01T00:00Z.
 */
export function reviseEntries(
  items: readonly CalendarItem[],
  kept: readonly CalendarEntry[],
  { privacy, at }: { readonly privacy: CalendarPrivacy; readonly at: number },
): CalendarChanges {
  const before = new Map(kept.map((entry) => [entry.key, entry]));
  const planned = new Set(items.map(({ key }) => key));
  const added = items
    .filter(({ key }) => !before.has(key))
    .map((item) => newEntry(item, privacy, at));
  const changed = items.flatMap((item) => {
    const entry = before.get(item.key);
    return entry === undefined || isAsWritten(item, entry) ? [] : [revised(item, entry, at)];
  });
  const cancelled = kept
    .filter((entry) => !entry.cancelled && !planned.has(entry.key))
    .map((entry) => tombstone(entry, at));
  return {
    entries: [...added, ...changed, ...cancelled],
    added: added.length,
    changed: changed.length,
    cancelled: cancelled.length,
    unchanged: items.length - added.length - changed.length,
  };
}

function newEntry(item: CalendarItem, privacy: CalendarPrivacy, at: number): CalendarEntry {
  const { key, uid } = item;
  const revision = { sequence: sequenceAt(at), stamp: at };
  const vevent = renderEvent(item, { ...revision, created: at });
  return { key, privacy, uid, ...revision, cancelled: false, vevent };
}

/** A tombstone is never as written: its words and STATUS are its own. */
function isAsWritten(item: CalendarItem, { sequence, stamp, vevent }: CalendarEntry): boolean {
  return renderEvent(item, { sequence, stamp, created: createdOf(vevent) }) === vevent;
}

function revised(item: CalendarItem, entry: CalendarEntry, at: number): CalendarEntry {
  const revision = nextRevision(entry, at);
  const vevent = renderEvent(item, { ...revision, created: createdOf(entry.vevent) });
  return { ...entry, ...revision, cancelled: false, vevent };
}

function tombstone(entry: CalendarEntry, at: number): CalendarEntry {
  const revision = nextRevision(entry, at);
  return { ...entry, ...revision, cancelled: true, vevent: cancelEvent(entry.vevent, revision) };
}

function nextRevision({ sequence, stamp }: CalendarEntry, at: number) {
  return {
    sequence: Math.max(sequenceAt(at), sequence + 1),
    stamp: Math.max(at, stamp + SECOND),
  };
}
