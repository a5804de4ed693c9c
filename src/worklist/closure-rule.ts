import { type Day, parseDay } from '../domain/civil-date.ts';
import { failure, type Outcome, type Problem, showFound, success } from '../domain/problem.ts';

/** Days of the week as RFC 5545 writes them, Monday first. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const FREQUENCIES = ['WEEKLY', 'MONTHLY', 'YEARLY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/**
 * On which days a clinic is closed again and again: the part of RFC 5545 3.3.10 that names its days
 * itself. No part is taken from a start day, so a rule means the same wherever it is read.
 */
export interface ClosureRule {
  readonly frequency: Frequency;
  /** Weeks from one occurrence to the next; 1 unless the rule is weekly. */
  readonly interval: number;
  readonly count: number | null;
  /** Last day on which it can close, inclusive. */
  readonly until: Day | null;
  /** 1–12; empty: every month. */
  readonly months: readonly number[];
  /** 1–31, or −1 to −31 counted from the month's end; empty: not by day of the month. */
  readonly monthDays: readonly number[];
  /** `nth` is 1–5 or −1 to −5 within the month, null for every such weekday. */
  readonly weekdays: readonly { readonly day: Weekday; readonly nth: number | null }[];
  readonly weekStart: Weekday;
}

const PARTS = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYMONTH', 'BYMONTHDAY', 'BYDAY', 'WKST'];
const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Reads a rule, `FREQ=WEEKLY;BYDAY=SA,SU` say, or says what is wrong with it. */
export function parseClosureRule(text: string): Outcome<ClosureRule> {
  const parts = partsOf(text);
  if (!parts.ok) return parts;
  const problems: Problem[] = [];
  const read = <T>(name: string, one: (text: string) => T | undefined, allowed: string): T[] =>
    (parts.value.get(name)?.split(',') ?? []).flatMap((item) => {
      const value = one(item);
      if (value !== undefined) return [value];
      problems.push({
        path: '',
        message: `${name} has a wrong value`,
        found: showFound(item),
        allowed,
      });
      return [];
    });
  const [frequency] = read('FREQ', oneOf(FREQUENCIES), FREQUENCIES.join(', '));
  const rule = {
    interval: read('INTERVAL', whole(1, 520), '1 to 520')[0] ?? 1,
    count: read('COUNT', whole(1, 1000), '1 to 1000')[0] ?? null,
    until: read('UNTIL', basicDate, 'a date, 20271231 say')[0] ?? null,
    months: read('BYMONTH', whole(1, 12), '1 to 12'),
    monthDays: read('BYMONTHDAY', eitherEnd(31), '1 to 31, or -1 to -31'),
    weekdays: read('BYDAY', weekday, `${WEEKDAYS.join(', ')}, with 1 to 5 or -1 to -5 before it`),
    weekStart: read('WKST', oneOf(WEEKDAYS), WEEKDAYS.join(', '))[0] ?? 'MO',
  };
  if (frequency === undefined || problems.length > 0) return failure(...problems);
  const faults = sense({ frequency, ...rule });
  return faults.length === 0 ? success({ frequency, ...rule }) : failure(...faults);
}

/** The parts of a rule by name. */
function partsOf(text: string): Outcome<ReadonlyMap<string, string>> {
  const parts = new Map<string, string>();
  for (const part of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .split(';')) {
    const [name = '', value = '', ...rest] = part.split('=');
    if (!PARTS.includes(name) || value === '' || rest.length > 0) {
      return failure({
        path: '',
        message: 'this part of the rule is not understood',
        found: showFound(part),
        allowed: `${PARTS.join(', ')}, each as NAME=VALUE, with ; between them`,
        mend: 'write what it cannot say as single dates',
      });
    }
    if (parts.has(name)) {
      return failure({ path: '', message: `${name} stands there twice`, found: showFound(text) });
    }
    parts.set(name, value);
  }
  if (parts.has('FREQ')) return success(parts);
  return failure({
    path: '',
    message: 'the rule has no frequency',
    found: showFound(text),
    allowed: 'FREQ=WEEKLY, FREQ=MONTHLY or FREQ=YEARLY, and then its days',
  });
}

function oneOf<T extends string>(values: readonly T[]) {
  return (text: string): T | undefined => values.find((value) => value === text);
}

function whole(least: number, most: number) {
  return (text: string): number | undefined => {
    const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? value : undefined;
  };
}

function eitherEnd(most: number) {
  return (text: string): number | undefined => {
    const sign = text.startsWith('-') ? -1 : 1;
    const size = whole(1, most)(text.replace(/^[+-]/, ''));
    return size === undefined ? undefined : sign * size;
  };
}

function basicDate(text: string): Day | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  return parseDay(`${year}-${month}-${day}`);
}

function weekday(text: string): ClosureRule['weekdays'][number] | undefined {
  const [, number = '', name = ''] = /^([+-]?\d+)?([A-Z]{2})$/.exec(text) ?? [];
  const day = oneOf(WEEKDAYS)(name);
  const nth = number === '' ? null : eitherEnd(5)(number);
  return day === undefined || nth === undefined ? undefined : { day, nth };
}

/** Rules of the right form that RFC 5545 forbids, that close no day, or that readers understand differently. */
function sense(rule: ClosureRule): Problem[] {
  const { frequency, interval, count, until, months, monthDays, weekdays } = rule;
  const numbered = weekdays.some(({ nth }) => nth !== null);
  const faults: [boolean, string, string][] = [
    [
      weekdays.length === 0 && (frequency === 'WEEKLY' || monthDays.length === 0),
      'the rule does not name its days',
      frequency === 'WEEKLY' ? 'add BYDAY, BYDAY=SA,SU say' : 'add BYMONTHDAY or BYDAY',
    ],
    [
      frequency === 'YEARLY' && months.length === 0,
      'a yearly rule does not name its months',
      'add BYMONTH, or use FREQ=MONTHLY if every month is meant',
    ],
    [
      frequency === 'WEEKLY' && (monthDays.length > 0 || numbered),
      'a weekly rule has no days of the month and no numbered weekdays',
      'use FREQ=MONTHLY or FREQ=YEARLY',
    ],
    [
      numbered && (monthDays.length > 0 || weekdays.some(({ nth }) => nth === null)),
      'numbered weekdays stand beside other days',
      'write two rules',
    ],
    [
      interval > 1 && (frequency !== 'WEEKLY' || months.length > 0),
      'an interval is only for weekly rules of every month',
      'leave out INTERVAL, or give single dates',
    ],
    [count !== null && until !== null, 'COUNT and UNTIL exclude each other', 'leave out one'],
    [
      monthDays.length > 0 && !monthDays.some((day) => existsIn(day, months)),
      'no month of the rule has such a day',
      'check BYMONTH and BYMONTHDAY',
    ],
  ];
  return faults.flatMap(([holds, message, mend]) => (holds ? [{ path: '', message, mend }] : []));
}

function existsIn(monthDay: number, months: readonly number[]): boolean {
  return LONGEST_MONTHS.some(
    (length, index) =>
      (months.length === 0 || months.includes(index + 1)) && Math.abs(monthDay) <= length,
  );
}
