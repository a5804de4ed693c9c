import { type DateText, type Day, parseDay } from '../domain/civil-date.ts';

/** A date of a plan as a day. @throws RangeError for a text that no plan holds. */
export function planDay(text: DateText): Day {
  const day = parseDay(text);
  if (day === undefined) throw new RangeError(`a plan holds no such date: ${text}`);
  return day;
}
