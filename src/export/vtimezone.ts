import { DateTime } from 'luxon';

interface Transition {
  /** Milliseconds since 1970-01-01T00:00Z at which the new offset begins. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

const HOUR = 3_600_000;
const STEP = 7 * 24 * HOUR;

/**
 * A VTIMEZONE (RFC 5545 3.6.5) for the years of some booked times: one observance for what held when
 * the first of those years began, and one for each change of the clocks until the end of the last.
 * Explicit changes instead of recurrence rules: they are right for every zone and every year asked
 * for, and need no table of rules. `years` are inclusive.
 */
export function vtimezone(zone: string, years: { readonly first: number; readonly last: number }) {
  const start = Date.UTC(years.first, 0, 1) - 24 * HOUR;
  const end = Date.UTC(years.last + 1, 0, 1) + 24 * HOUR;
  const initial = offsetAt(zone, start);
  const observances = [
    observance(zone, { at: start, from: initial, to: initial }, '19700101T000000'),
    ...transitions(zone, start, end).map((change) => observance(zone, change)),
  ];
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...observances.flat(), 'END:VTIMEZONE'].join('\r\n');
}

/** Minutes east of UTC. */
function offsetAt(zone: string, at: number): number {
  return DateTime.fromMillis(at, { zone }).offset;
}

/** Looks once a week, and then halves the week in which the offset changed. */
function transitions(zone: string, start: number, end: number): Transition[] {
  const found: Transition[] = [];
  for (let low = start; low < end; low += STEP) {
    const from = offsetAt(zone, low);
    const to = offsetAt(zone, low + STEP);
    if (from === to) continue;
    let before = low;
    let after = low + STEP;
    while (after - before > 1000) {
      const middle = before + Math.floor((after - before) / 2000) * 1000;
      if (offsetAt(zone, middle) === from) before = middle;
      else after = middle;
    }
    found.push({ at: after, from, to });
  }
  return found;
}

function observance(zone: string, change: Transition, localStart?: string): string[] {
  const kind = DateTime.fromMillis(change.at, { zone }).isInDST ? 'DAYLIGHT' : 'STANDARD';
  const local =
    localStart ??
    DateTime.fromMillis(change.at + change.from * 60_000, { zone: 'utc' }).toFormat(
      "yyyyLLdd'T'HHmmss",
    );
  return [
    `BEGIN:${kind}`,
    `DTSTART:${local}`,
    `TZOFFSETFROM:${offsetText(change.from)}`,
    `TZOFFSETTO:${offsetText(change.to)}`,
    `TZNAME:${offsetText(change.to)}`,
    `END:${kind}`,
  ];
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}
