import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  type Day,
  dayFromCivil,
  daysInMonth,
  earlierOf,
  formatDay,
  laterOf,
  parseDay,
} from '../../src/domain/civil-date.ts';

function day(text: string): Day {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
}

describe('adding months', () => {
  it('of every year, month and end of month from 1995 to 2005 keeps the months that it is asked for', () => {
    for (let year = 1995; year <= 2005; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        const last = dayFromCivil(year, month, daysInMonth(year, month));
        expect(addDays(last, 1)).toBe(addMonths(dayFromCivil(year, month, 1), 1));
        expect(parseDay(formatDay(last))).toBe(last);
      }
    }
    expect([1900, 2000, 2023, 2024, 2100].map((year) => daysInMonth(year, 2))).toEqual([
      28, 29, 28, 29, 28,
    ]);
    expect(Array.from({ length: 12 }, (_, index) => daysInMonth(2023, index + 1))).toEqual([
      31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
    ]);
  });

  it.each([
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-11-30', 6, '2027-05-30'],
    ['2027-11-30', 3, '2028-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-01-31', -2, '2025-11-30'],
    ['2026-12-31', 0, '2026-12-31'],
    ['2026-12-31', -12, '2025-12-31'],
  ])('%s + %i months is %s', (from, months, to) => {
    expect(formatDay(addMonths(day(from), months))).toBe(to);
  });

  it('never drifts: in one step the day of the month is kept or is the month’s last', () => {
    const wrong: string[] = [];
    for (const from of ['2024-01-31', '2023-10-30', '2024-02-29', '2025-08-29', '2025-08-28']) {
      const dayOfMonth = Number(from.slice(8));
      for (let months = 0; months <= 240; months += 1) {
        const to = formatDay(addMonths(day(from), months));
        const length = daysInMonth(Number(to.slice(0, 4)), Number(to.slice(5, 7)));
        if (Number(to.slice(8)) !== Math.min(dayOfMonth, length)) wrong.push(`${from} + ${months}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('reading a date', () => {
  it.each([
    '',
    '2026-1-15',
    '26-01-15',
    '2026-01-15 ',
    ' 2026-01-15',
    '2026-01-15T00:00',
    '2026/01/15',
    '20260115',
    '15.01.2026',
    '+2026-01-15',
    '12026-01-15',
    '2026-00-15',
    '2026-13-15',
    '2026-01-00',
    '2026-01-32',
    '2026-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-06-31',
    '2026-09-31',
    '2026-11-31',
    '1900-02-29',
    '２０２６-01-15',
    '2026-01-15\n',
  ])('%j is none', (text) => {
    expect(parseDay(text)).toBeUndefined();
  });

  it.each([
    '0000-01-01',
    '0001-12-31',
    '0999-06-30',
    '1000-01-01',
    '9999-12-31',
    '1969-12-31',
    '1970-01-01',
    '2000-02-29',
  ])('%s is one, and is written the same', (text) => {
    expect(formatDay(day(text))).toBe(text);
  });

  it('days count from 1970-01-01', () => {
    expect(day('1970-01-01')).toBe(0);
    expect(day('1969-12-31')).toBe(-1);
    expect(day('2000-03-01')).toBe(11_017);
  });
});

describe('comparing days', () => {
  const early = day('2026-01-15');
  const late = day('2026-01-16');

  it('later and earlier, in either order and of equal days', () => {
    expect([laterOf(early, late), laterOf(late, early), laterOf(late, late)]).toEqual([
      late,
      late,
      late,
    ]);
    expect([earlierOf(early, late), earlierOf(late, early), earlierOf(early, early)]).toEqual([
      early,
      early,
      early,
    ]);
  });

  it('days may be added and taken away', () => {
    expect(formatDay(addDays(early, 30))).toBe('2026-02-14');
    expect(formatDay(addDays(early, -15))).toBe('2025-12-31');
  });
});
