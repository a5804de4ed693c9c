import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Day, dayFromCivil, formatDay, parseDay } from '../../src/domain/civil-date.ts';
import { closedDaysIn } from '../../src/worklist/closed-days.ts';
import { type ClosureRule, parseClosureRule } from '../../src/worklist/closure-rule.ts';
import { RUNS } from '../properties/arbitraries.ts';
import { closedDaysByHand, ruleTexts } from './closure-oracle.ts';

function rule(text: string): ClosureRule {
  const parsed = parseClosureRule(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

function closed(text: string, year: number, from: string | null = null): string[] {
  const start = from === null ? null : (parseDay(from) as Day);
  return closedDaysIn(year, rule(text), start).map(formatDay);
}

describe('the closed days of a year', () => {
  it('are those that the rule names, day for day, whatever the rule', () => {
    const starts = fc.option(fc.integer({ min: 0, max: 2000 }), { nil: null });
    fc.assert(
      fc.property(ruleTexts, starts, fc.integer({ min: 2024, max: 2034 }), (text, offset, year) => {
        const parsed = rule(text);
        const counted = parsed.count !== null || parsed.interval > 1;
        const start = dayFromCivil(2023, 1, 1) + (offset ?? 0);
        const from = offset === null && !counted ? null : (start as Day);
        const [first, last] = [dayFromCivil(year, 1, 1), dayFromCivil(year, 12, 31)];
        expect(closedDaysIn(year, parsed, from).map(formatDay)).toEqual(
          closedDaysByHand(parsed, from, first, last).map(formatDay),
        );
      }),
      { numRuns: RUNS.numRuns * 3 },
    );
  });

  it('are all weekends of a long or a short year', () => {
    expect(closed('FREQ=WEEKLY;BYDAY=SA,SU', 2028)).toHaveLength(106);
    expect(closed('FREQ=WEEKLY;BYDAY=SA,SU', 2026)).toHaveLength(104);
  });

  it('leave out the years without a 29 February', () => {
    const years = [2026, 2027, 2028, 2100, 2104];
    expect(years.map((year) => closed('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', year))).toEqual([
      [],
      [],
      ['2028-02-29'],
      [],
      ['2104-02-29'],
    ]);
  });

  it('keep the rhythm of every second week over decades', () => {
    const text = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR';
    const first = dayFromCivil(2026, 1, 2);
    for (const year of [2026, 2027, 2071]) {
      for (const day of closedDaysIn(year, rule(text), first)) expect((day - first) % 14).toBe(0);
      expect(closed(text, year, '2026-01-02').length).toBeGreaterThanOrEqual(26);
    }
  });

  it('count from the first day on', () => {
    const text = 'FREQ=WEEKLY;BYDAY=FR;COUNT=3';
    expect(closed(text, 2026, '2026-12-14')).toEqual(['2026-12-18', '2026-12-25']);
    expect(closed(text, 2027, '2026-12-14')).toEqual(['2027-01-01']);
    expect(closed(text, 2028, '2026-12-14')).toEqual([]);
  });

  it('include the last day of the rule and begin with its first', () => {
    const text = 'FREQ=MONTHLY;BYMONTHDAY=1;UNTIL=20260601';
    expect(closed(text, 2026, '2026-05-01')).toEqual(['2026-05-01', '2026-06-01']);
    expect(closed(text, 2027, '2026-05-01')).toEqual([]);
    expect(closed(text, 2025, '2026-05-01')).toEqual([]);
  });
});
