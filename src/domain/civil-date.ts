/**
 * Civil dates: the only date arithmetic of the product.
 *
 * A `Day` is a whole number of days since 1970-01-01 in the proleptic Gregorian calendar, without
 * clock or time zone. The arithmetic follows the well-known "days from civil" method; it is checked
 * against luxon and JS Date for 1900–2200. schedule.md, "Dates".
 */

declare const dayBrand: unique symbol;
declare const monthAndDayBrand: unique symbol;

/** A civil day, counted in whole days since 1970-01-01. */
export type Day = number & { readonly [dayBrand]: true };

/** A civil date in ISO 8601 calendar form, `YYYY-MM-DD`. */
export type DateText = string;

/**
 * The arithmetic runs on whole numbers that fit in 32 bits, where `| 0` cuts a quotient to its whole
 * part. That rounds down only from zero upwards, so years are counted from ten eras of 400 before year 0.
 */
const YEARS_BEFORE = 4_000;
const DAYS_PER_ERA = 146_097;
/** Days from 1 March of the first of those years to 1970-01-01. */
const DAYS_TO_EPOCH = 719_468 + 10 * DAYS_PER_ERA;

/** Number of days in a month; `month` is 1–12. */
export function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** The day of a year, month (1–12) and day of month; the caller guarantees that it exists. */
export function dayFromCivil(year: number, month: number, dayOfMonth: number): Day {
  const y = year + YEARS_BEFORE - (month <= 2 ? 1 : 0);
  const century = (y / 100) | 0;
  const beforeMonth = ((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) | 0;
  const beforeYear = 365 * y + (y >> 2) - century + (century >> 2);
  return (beforeYear + beforeMonth + dayOfMonth - 1 - DAYS_TO_EPOCH) as Day;
}

/**
 * A day taken apart: whole months since January of year 0, times 32, plus the day of the month. One
 * number, so that no object is made where many dates are counted from one anchor.
 */
export type MonthAndDay = number & { readonly [monthAndDayBrand]: true };

/** Takes a day apart, to count months from it with `monthsAfter`. */
export function monthAndDay(day: Day): MonthAndDay {
  const shifted = day + DAYS_TO_EPOCH;
  const era = (shifted / DAYS_PER_ERA) | 0;
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const leapDays = ((dayOfEra / 1460) | 0) - ((dayOfEra / 36_524) | 0) + ((dayOfEra / 146_096) | 0);
  const yearOfEra = ((dayOfEra - leapDays) / 365) | 0;
  const dayOfYear = dayOfEra - (365 * yearOfEra + (yearOfEra >> 2) - ((yearOfEra / 100) | 0));
  const monthFromMarch = ((5 * dayOfYear + 2) / 153) | 0;
  const dayOfMonth = dayOfYear - (((153 * monthFromMarch + 2) / 5) | 0) + 1;
  const months = (yearOfEra + era * 400 - YEARS_BEFORE) * 12 + monthFromMarch + 2;
  return (months * 32 + dayOfMonth) as MonthAndDay;
}

/** `addMonths` from an anchor that was taken apart. */
export function monthsAfter(anchor: MonthAndDay, months: number): Day {
  const index = (anchor >> 5) + months + YEARS_BEFORE * 12;
  const years = (index / 12) | 0;
  const year = years - YEARS_BEFORE;
  const month = index - years * 12 + 1;
  const dayOfMonth = anchor & 31;
  return dayFromCivil(
    year,
    month,
    dayOfMonth <= 28 ? dayOfMonth : Math.min(dayOfMonth, daysInMonth(year, month)),
  );
}

/**
 * `anchor + months`, keeping the day of the month, clamped to the end of a shorter month
 * (30 November + 3 = 28 or 29 February). Always count from the anchor in one step: adding to a
 * clamped date drifts.
 */
export function addMonths(anchor: Day, months: number): Day {
  return monthsAfter(monthAndDay(anchor), months);
}

/** The day `days` after (before, when negative) `day`. */
export function addDays(day: Day, days: number): Day {
  return (day + days) as Day;
}

/** The later of two days. */
export function laterOf(a: Day, b: Day): Day {
  return a > b ? a : b;
}

/** The earlier of two days. */
export function earlierOf(a: Day, b: Day): Day {
  return a < b ? a : b;
}

/** `-01-01` to `-12-31`: what follows the year, at month (0–11) times 32 plus day of month. */
const AFTER_YEAR: readonly string[] = Array.from({ length: 12 * 32 }, (_, place) => {
  const month = (place >> 5) + 1;
  const dayOfMonth = place & 31;
  return `-${month < 10 ? '0' : ''}${month}-${dayOfMonth < 10 ? '0' : ''}${dayOfMonth}`;
});

/** The years in which ablated patients are born, treated and followed; others are written when asked for. */
const FIRST_WRITTEN_YEAR = 1900;
const WRITTEN_YEARS: readonly string[] = Array.from({ length: 300 }, (_, index) =>
  String(FIRST_WRITTEN_YEAR + index),
);

/** Writes a day as `YYYY-MM-DD`. */
export function formatDay(day: Day): DateText {
  const parts = monthAndDay(day);
  const year = ((((parts >> 5) + YEARS_BEFORE * 12) / 12) | 0) - YEARS_BEFORE;
  const text = WRITTEN_YEARS[year - FIRST_WRITTEN_YEAR] ?? String(year).padStart(4, '0');
  return text + AFTER_YEAR[parts - year * (12 * 32)];
}

const DATE_FORM = '0000-00-00';
const ZERO = 0x30;

/** The number that `length` decimal digits write from `start` on; NaN where one is no digit. */
function digits(text: string, start: number, length: number): number {
  let value = 0;
  for (let at = start; at < start + length; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Reads `YYYY-MM-DD`; `undefined` when the text has another form or names a day that does not exist. */
export function parseDay(text: string): Day | undefined {
  if (text.length !== DATE_FORM.length || text[4] !== '-' || text[7] !== '-') return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const dayOfMonth = digits(text, 8, 2);
  // Written so that a part that is no number is refused as well.
  const exists = month >= 1 && month <= 12 && dayOfMonth >= 1;
  return year >= 0 && exists && dayOfMonth <= daysInMonth(year, month)
    ? dayFromCivil(year, month, dayOfMonth)
    : undefined;
}
