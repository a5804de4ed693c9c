import { expect, it } from 'vitest';
import { formatDay, parseDay } from '../../src/domain/civil-date.ts';
import { dayInWords } from '../../src/domain/clock.ts';
import { dateInWords } from '../../src/export/date-words.ts';

it('tells each day of three years as the domain tells it', () => {
  const first = parseDay('2027-01-01');
  if (first === undefined) throw new Error('no first day');
  for (let day = first; day < first + 1096; day = (day + 1) as typeof first) {
    expect(dateInWords(formatDay(day))).toBe(dayInWords(day));
  }
});

it('leaves what is no civil date', () => {
  expect(dateInWords('soon')).toBe('soon');
  expect(dateInWords('2026-13-01')).toBe('2026-13-01');
});
