import type { Day } from '../../domain/civil-date.ts';
import { type Clock, dayInZone } from '../../domain/clock.ts';

/**
 * The civil day of the run in an IANA zone. Where the system knows no such zone (an empty or
 * misspelled `TZ`) it is the day in UTC.
 */
export function runDay(clock: Clock, zone: string): Day {
  const instant = clock();
  const day = dayInZone(instant, zone);
  return Number.isNaN(day) ? dayInZone(instant, 'utc') : day;
}
