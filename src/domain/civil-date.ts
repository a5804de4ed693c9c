/**
 * Civil dates: the only date arithmetic of the product.
 *
 * A `Day` is a whole number of days since 1970-01-01 in the proleptic Gregorian calendar, without
 * clock or time zone. The arithmetic follows the well-known "days from civil" method; it is checked
 * against luxon and JS Date for 1900–2200. schedule.md, "Dates".
 */

declare const dayBrand: unique symbol;

/** A civil day, counted in whole days since 1970-01-01. */
export type Day = number & { readonly [dayBrand]: true };

/** A civil date in ISO 8601 calendar form, `YYYY-MM-DD`. */
export type DateText = string;

const DAYS_TO_EPOCH = 719_468;
const DAYS_PER_ERA = 146_097;

/** Number of days in a month; `month` is 1–12. */
export function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** The day of a year, month (1–12) and day of month; the caller guarantees that it exists. */
export function dayFromCivil(year: number, month: number, dayOfMonth: number): Day {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear =
    Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return (era * DAYS_PER_ERA + dayOfEra - DAYS_TO_EPOCH) as Day;
}

/** Calls back with year, month (1–12) and day of month, so that no object is made on hot paths. */
function withCivil<T>(day: Day, use: (year: number, month: number, dayOfMonth: number) => T): T {
  const shifted = day + DAYS_TO_EPOCH;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return use(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth);
}

/**
 * `anchor + months`, keeping the day of the month, clamped to the end of a shorter month
 * (30 November + 3 = 28 or 29 February). Always count from the anchor in one step: adding to a
 * clamped date drifts.
 */
export function addMonths(anchor: Day, months: number): Day {
  return withCivil(anchor, (year, month, dayOfMonth) => {
    const index = year * 12 + (month - 1) + months;
    const toYear = Math.floor(index / 12);
    const toMonth = index - toYear * 12 + 1;
    return dayFromCivil(toYear, toMonth, Math.min(dayOfMonth, daysInMonth(toYear, toMonth)));
  });
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

/** Writes a day as `YYYY-MM-DD`. */
export function formatDay(day: Day): DateText {
  return withCivil(day, (year, month, dayOfMonth) => {
    const tail = `-${month < 10 ? '0' : ''}${month}-${dayOfMonth < 10 ? '0' : ''}${dayOfMonth}`;
    return (year >= 1000 ? String(year) : String(year).padStart(4, '0')) + tail;
  });
}

const DATE_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Reads `YYYY-MM-DD`; `undefined` when the text has another form or names a day that does not exist. */
export function parseDay(text: string): Day | undefined {
  const match = DATE_PATTERN.exec(text);
  if (match === null) return undefined;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const dayOfMonth = Number(match[3]);
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) {
    return undefined;
  }
  return dayFromCivil(year, month, dayOfMonth);
}
