import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dayFromCivil,
  daysInMonth,
  formatDay,
  parseDay,
} from '../../src/domain/civil-date.ts';

const FIRST = dayFromCivil(1900, 1, 1);
const LAST = dayFromCivil(2200, 12, 31);
const MS_PER_DAY = 86_400_000;

describe('every day from 1900 to 2200', () => {
  it('is the day of JS Date, there and back, and one more than the day before', () => {
    const wrong: string[] = [];
    let expected = Date.UTC(1900, 0, 1) / MS_PER_DAY;
    expect(FIRST).toBe(expected);
    for (let each = FIRST; each <= LAST; each = addDays(each, 1)) {
      const text = new Date(each * MS_PER_DAY).toISOString().slice(0, 10);
      const [year, month, dayOfMonth] = text.split('-').map(Number);
      const right =
        each === expected &&
        formatDay(each) === text &&
        parseDay(text) === each &&
        dayFromCivil(year ?? 0, month ?? 0, dayOfMonth ?? 0) === each;
      if (!right) wrong.push(text);
      expected += 1;
    }
    expect(wrong).toEqual([]);
    expect(expected - 1).toBe(LAST);
    expect(LAST - FIRST + 1).toBe(109_938);
  });

  it('has months as long as luxon has them', () => {
    const wrong: string[] = [];
    for (let year = 1900; year <= 2200; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        const expected = DateTime.utc(year, month).daysInMonth;
        if (daysInMonth(year, month) !== expected) wrong.push(`${year}-${month}`);
        const next = month === 12 ? dayFromCivil(year + 1, 1, 1) : dayFromCivil(year, month + 1, 1);
        if (next - dayFromCivil(year, month, 1) !== expected) wrong.push(`${year}-${month} length`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has leap days where the Gregorian calendar has them, and nowhere else', () => {
    const leap: number[] = [];
    for (let year = 1900; year <= 2200; year += 1) {
      if (parseDay(`${year}-02-29`) !== undefined) leap.push(year);
    }
    const expected = Array.from({ length: 301 }, (_, index) => 1900 + index).filter(
      (year) => DateTime.utc(year).isInLeapYear,
    );
    expect(leap).toEqual(expected);
    expect(leap).not.toContain(1900);
    expect(leap).toContain(2000);
    expect(leap).not.toContain(2100);
    expect(leap).not.toContain(2200);
  });
});

describe('adding months', () => {
  it('agrees with luxon for every day of four years and −24 to 240 months', () => {
    const wrong: string[] = [];
    const last = dayFromCivil(2027, 12, 31);
    for (let each = dayFromCivil(2024, 1, 1); each <= last; each = addDays(each, 1)) {
      const start = DateTime.fromISO(formatDay(each), { zone: 'utc' });
      for (let months = -24; months <= 240; months += 1) {
        const expected = start.plus({ months }).toMillis() / MS_PER_DAY;
        if (addMonths(each, months) !== expected) wrong.push(`${formatDay(each)} + ${months}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('agrees with luxon across the centuries', () => {
    const wrong: string[] = [];
    for (let each = FIRST; each <= LAST; each = addDays(each, 13)) {
      const start = DateTime.fromISO(formatDay(each), { zone: 'utc' });
      for (const months of [-600, -13, -12, -1, 0, 1, 2, 3, 9, 12, 18, 60, 120, 599, 600]) {
        const expected = start.plus({ months }).toISODate();
        if (formatDay(addMonths(each, months)) !== expected) {
          wrong.push(`${formatDay(each)} + ${months}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});
