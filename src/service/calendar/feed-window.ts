import { dayFromCivil } from '../../domain/civil-date.ts';
import { compareTexts } from '../../domain/compare-texts.ts';
import type { CalendarEntry } from '../../store/calendar-entry.ts';

/** How long a cancelled event is told, so that every reader learns it. calendar.md, "Identity". */
const TOMBSTONE_DAYS = 90;
/** So far ahead, counted from today, a calendar of many patients goes. */
const DAYS_AHEAD = 400;
/** And no more events than this are in it. */
const MOST_EVENTS = 2000;
const DAY_MS = 86_400_000;

/** What a feed leaves out. */
export interface FeedWindow {
  /** Cancelled events of before are no longer told; milliseconds since 1970-01-01T00:00Z. */
  readonly tombstonesSince: number;
  /** The last day of planned events, in days since 1970-01-01; null: there is none. */
  readonly until: number | null;
  readonly most: number;
}

/**
 * What a feed holds on a day, counted in UTC: the calendar of one patient whole, those of many patients
 * 400 days ahead and 2 000 events at most. Nothing that is planned for a day past is left out: it is
 * overdue. Cancelled events are told for 90 days.
 */
export function feedWindow(kind: 'patient' | 'clinician' | 'clinic', today: number): FeedWindow {
  const tombstonesSince = (today - TOMBSTONE_DAYS) * DAY_MS;
  if (kind === 'patient') return { tombstonesSince, until: null, most: Number.POSITIVE_INFINITY };
  return { tombstonesSince, until: today + DAYS_AHEAD, most: MOST_EVENTS };
}

/**
 * The entries that a feed tells. Where there are more than may be, those stay that are planned first,
 * then the tombstones that are newest; of equals the lower UID. The same entries and day: the same cut.
 */
export function inWindow(
  entries: readonly CalendarEntry[],
  { tombstonesSince, until, most }: FeedWindow,
): readonly CalendarEntry[] {
  const planned: { readonly day: number; readonly entry: CalendarEntry }[] = [];
  const cancelled: CalendarEntry[] = [];
  for (const entry of entries) {
    const day = until === null && most === Number.POSITIVE_INFINITY ? 0 : startOf(entry);
    if (entry.cancelled) {
      if (entry.stamp >= tombstonesSince) cancelled.push(entry);
    } else if (until === null || day <= until) planned.push({ day, entry });
  }
  if (planned.length + cancelled.length > most) {
    planned.sort((a, b) => a.day - b.day || byUid(a.entry, b.entry));
    cancelled.sort((a, b) => b.stamp - a.stamp || byUid(a, b));
  }
  return [...planned.map(({ entry }) => entry), ...cancelled].slice(0, most);
}

const DTSTART = /\nDTSTART[^:\r\n]*:(\d{4})(\d{2})(\d{2})/;

/** The day on which an event begins, as it is written. */
function startOf({ vevent }: CalendarEntry): number {
  const [, year, month, day] = DTSTART.exec(vevent) ?? [];
  return dayFromCivil(Number(year), Number(month), Number(day));
}

function byUid(a: CalendarEntry, b: CalendarEntry): number {
  return compareTexts(a.uid, b.uid);
}
