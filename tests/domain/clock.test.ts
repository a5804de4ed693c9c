import { describe, expect, it } from 'vitest';
import { formatDay, parseDay } from '../../src/domain/civil-date.ts';
import { dayInWords, dayInZone } from '../../src/domain/clock.ts';

describe('the day that it is in a zone', () => {
  const instant = Date.UTC(2026, 2, 31, 11, 30);

  it.each([
    ['UTC', '2026-03-31'],
    ['Europe/Berlin', '2026-03-31'],
    ['Pacific/Kiritimati', '2026-04-01'],
    ['Pacific/Midway', '2026-03-31'],
    ['Asia/Kathmandu', '2026-03-31'],
  ])('%s: %s', (zone, day) => {
    expect(formatDay(dayInZone(instant, zone))).toBe(day);
  });

  it('changes at midnight there, also on the day on which clocks go forward', () => {
    const midnight = Date.UTC(2026, 2, 28, 23, 0);
    expect(formatDay(dayInZone(midnight - 1, 'Europe/Berlin'))).toBe('2026-03-28');
    expect(formatDay(dayInZone(midnight, 'Europe/Berlin'))).toBe('2026-03-29');
    expect(formatDay(dayInZone(midnight + 23 * 3_600_000 - 1, 'Europe/Berlin'))).toBe('2026-03-29');
    expect(formatDay(dayInZone(midnight + 23 * 3_600_000, 'Europe/Berlin'))).toBe('2026-03-30');
  });
});

describe('a day in words', () => {
  const day = parseDay('2026-04-15');

  it('is in English unless asked otherwise', () => {
    expect(day && dayInWords(day)).toBe('15 April 2026');
    expect(day && dayInWords(day, 'de-DE')).toBe('15. April 2026');
  });

  it.each(['ar-EG', 'th-TH', 'fa-IR'])('is Gregorian with Latin digits in %s', (locale) => {
    expect(day && dayInWords(day, locale)).toContain('2026');
  });
});
