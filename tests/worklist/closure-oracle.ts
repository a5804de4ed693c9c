import fc from 'fast-check';
import { addDays, type Day, daysInMonth, formatDay } from '../../src/domain/civil-date.ts';
import { type ClosureRule, parseClosureRule, WEEKDAYS } from '../../src/worklist/closure-rule.ts';

/** 0 for Monday. 1970-01-01 was a Thursday. */
function weekdayOf(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Whether a day is one of the rule's, by looking at the day alone; COUNT aside. */
function matches(rule: ClosureRule, from: Day | null, day: Day): boolean {
  const [year = 0, month = 0, dayOfMonth = 0] = formatDay(day).split('-').map(Number);
  const length = daysInMonth(year, month);
  const { months, monthDays, weekdays } = rule;
  if ((from !== null && day < from) || (rule.until !== null && day > rule.until)) return false;
  if (months.length > 0 && !months.includes(month)) return false;
  if (
    monthDays.length > 0 &&
    !monthDays.some((each) => (each > 0 ? each : length + 1 + each) === dayOfMonth)
  ) {
    return false;
  }
  if (
    weekdays.length > 0 &&
    !weekdays.some(
      (each) =>
        WEEKDAYS.indexOf(each.day) === weekdayOf(day) &&
        (each.nth === null ||
          each.nth === Math.ceil(dayOfMonth / 7) ||
          each.nth === -Math.ceil((length + 1 - dayOfMonth) / 7)),
    )
  ) {
    return false;
  }
  if (rule.interval === 1 || from === null) return true;
  const weekStart = (each: Day) =>
    each - ((weekdayOf(each) - WEEKDAYS.indexOf(rule.weekStart) + 7) % 7);
  return ((weekStart(day) - weekStart(from)) / 7) % rule.interval === 0;
}

/** The days from `first` to `last` on which a rule closes, one day at a time. */
export function closedDaysByHand(
  rule: ClosureRule,
  from: Day | null,
  first: Day,
  last: Day,
): Day[] {
  const days: Day[] = [];
  let counted = 0;
  for (
    let day = rule.count === null ? first : (from ?? first);
    day <= last;
    day = addDays(day, 1)
  ) {
    if (!matches(rule, from, day)) continue;
    counted += 1;
    if (rule.count !== null && counted > rule.count) break;
    if (day >= first) days.push(day);
  }
  return days;
}

const some = <T>(values: fc.Arbitrary<T>, most = 3) =>
  fc.uniqueArray(values, { minLength: 1, maxLength: most });
const monthDay = fc.oneof(
  fc.integer({ min: 1, max: 31 }),
  fc.integer({ min: -31, max: -1 }),
  fc.constantFrom(29, 30, 31, -1),
);
const plainDays = some(fc.constantFrom(...WEEKDAYS)).map((days) => `BYDAY=${days}`);
const numberedDays = some(
  fc
    .tuple(fc.constantFrom(1, 2, 3, 4, 5, -1, -2, -5), fc.constantFrom(...WEEKDAYS))
    .map(([nth, day]) => `${nth}${day}`),
).map((days) => `BYDAY=${days}`);
const monthDays = some(monthDay).map((days) => `BYMONTHDAY=${days}`);
const months = some(fc.integer({ min: 1, max: 12 })).map((all) => `BYMONTH=${all}`);
const inMonth = fc.oneof(
  plainDays,
  numberedDays,
  monthDays,
  fc.tuple(plainDays, monthDays).map((parts) => parts.join(';')),
);
const optional = (part: fc.Arbitrary<string>) => fc.option(part, { nil: '' });
const end = optional(
  fc.oneof(
    fc.integer({ min: 1, max: 60 }).map((count) => `COUNT=${count}`),
    fc
      .tuple(fc.integer({ min: 2024, max: 2032 }), fc.integer({ min: 1, max: 28 }))
      .map(([year, day]) => `UNTIL=${year}06${String(day).padStart(2, '0')}`),
  ),
);

/** Texts of rules that a clinic's calendar accepts. */
export const ruleTexts: fc.Arbitrary<string> = fc
  .oneof(
    fc.tuple(fc.constant('FREQ=WEEKLY'), plainDays, optional(months), end),
    fc.tuple(
      fc.constant('FREQ=WEEKLY'),
      plainDays,
      fc.integer({ min: 2, max: 9 }).map((weeks) => `INTERVAL=${weeks}`),
      fc.constantFrom(...WEEKDAYS).map((day) => `WKST=${day}`),
      end,
    ),
    fc.tuple(fc.constant('FREQ=MONTHLY'), inMonth, optional(months), end),
    fc.tuple(fc.constant('FREQ=YEARLY'), inMonth, months, end),
  )
  .map((parts) => parts.filter((part) => part !== '').join(';'))
  .filter((text) => parseClosureRule(text).ok);
