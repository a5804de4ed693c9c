import { DateTime } from 'luxon';
import { type Day, dayFromCivil, formatDay } from './civil-date.ts';

/** Gives the current instant, in milliseconds since 1970-01-01T00:00Z. Made by the composition root alone. */
export type Clock = () => number;

/** The civil day that it is at `instant` in an IANA time zone, `Europe/Berlin` say. */
export function dayInZone(instant: number, zone: string): Day {
  const now = DateTime.fromMillis(instant, { zone });
  return dayFromCivil(now.year, now.month, now.day);
}

/** A day in words, in the Gregorian calendar with Latin digits: `15 April 2026`. */
export function dayInWords(day: Day, locale = 'en-GB'): string {
  return DateTime.fromISO(formatDay(day), { zone: 'utc' })
    .reconfigure({ locale, numberingSystem: 'latn', outputCalendar: 'gregory' })
    .toLocaleString(DateTime.DATE_FULL);
}
