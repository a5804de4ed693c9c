import { DateTime } from 'luxon';

interface Transition {
  /** Milliseconds since 1970-01-01T00:00Z at which the new offset begins. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

const DAY = 86_400_000;
const STEP = 7 * DAY;

/**
 * A VTIMEZONE (RFC 5545 3.6.5) for the years of some booked times: one observance for what held when
 * each run of years began, and one for each change of the clocks in it. Explicit changes instead of
 * recurrence rules: they are right for every zone and every year asked for, and need no table of
 * rules. Years between that nothing is booked in are left out.
 */
export function vtimezone(zone: string, years: Iterable<number>): string {
  const changes: Transition[] = [];
  for (const { first, last } of runs(years)) {
    const start = Date.UTC(first, 0, 1) - DAY;
    const to = offsetAt(zone, start);
    changes.push({ at: start, from: changes.at(-1)?.to ?? to, to });
    changes.push(...transitions(zone, start, Date.UTC(last + 1, 0, 1) + DAY));
  }
  const observances = changes.map((change, index) =>
    observance(zone, change, index === 0 ? '19700101T000000' : localTime(change)),
  );
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...observances.flat(), 'END:VTIMEZONE'].join('\r\n');
}

/** Years that follow one another, joined. */
function runs(years: Iterable<number>): { first: number; last: number }[] {
  const found: { first: number; last: number }[] = [];
  for (const year of [...new Set(years)].sort((a, b) => a - b)) {
    const run = found.at(-1);
    if (run?.last === year - 1) run.last = year;
    else found.push({ first: year, last: year });
  }
  return found;
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

/** DTSTART of an observance: the clock of the offset before. */
function localTime({ at, from }: Transition): string {
  return DateTime.fromMillis(at + from * 60_000, { zone: 'utc' }).toFormat("yyyyLLdd'T'HHmmss");
}

function observance(zone: string, change: Transition, local: string): string[] {
  const kind = DateTime.fromMillis(change.at, { zone }).isInDST ? 'DAYLIGHT' : 'STANDARD';
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
