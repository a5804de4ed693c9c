import { daysBetween } from './plan-words.ts';
import type { TimelineItem, TimelineMark } from './timeline-items.ts';

/** Marks at the ends of the axis stay inside the drawing. Per cent of its width. */
const MARGIN = 2;
/** More would run into each other on a small screen. */
const MOST_YEARS = 6;

/** One axis of time for all that is drawn. Both days are on it. */
export interface TimelineAxis {
  readonly from: string;
  readonly days: number;
}

/** The axis on which every mark of the items has a place. */
export function axisOf(items: readonly TimelineItem[]): TimelineAxis {
  const days = items.flatMap(({ marks }) => marks.flatMap(daysOf)).sort();
  const from = days[0] ?? '';
  return { from, days: Math.max(1, daysBetween(from, days.at(-1) ?? from)) };
}

function daysOf(mark: TimelineMark): readonly string[] {
  return 'at' in mark ? [mark.at] : [mark.from, mark.to];
}

/** Where a day lies, in per cent of the drawing's width. */
export function placeOf({ from, days }: TimelineAxis, day: string): number {
  const share = daysBetween(from, day) / days;
  const place = MARGIN + share * (100 - 2 * MARGIN);
  return Math.round(place * 100) / 100;
}

/** The years that begin on the axis, every one or every few of them, and where. */
export function yearsOf(axis: TimelineAxis): { readonly year: number; readonly at: number }[] {
  const first = Number(axis.from.slice(0, 4)) + 1;
  const count = Math.floor(axis.days / 365.25) + 1;
  const step = Math.ceil(count / MOST_YEARS);
  const years: { year: number; at: number }[] = [];
  for (let year = first; year < first + count; year += step) {
    const at = placeOf(axis, `${String(year).padStart(4, '0')}-01-01`);
    if (at <= 100 - MARGIN) years.push({ year, at });
  }
  return years;
}
