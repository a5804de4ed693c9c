import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, formatDay, parseDay } from '../../src/domain/civil-date.ts';
import { loadClinicCalendar } from '../../src/worklist/clinic-calendar.ts';
import { parseClosureRule } from '../../src/worklist/closure-rule.ts';
import { suggestDay } from '../../src/worklist/suggest-day.ts';
import { RUNS } from '../properties/arbitraries.ts';
import { closedDaysByHand, ruleTexts } from './closure-oracle.ts';

const day = (text: string) => parseDay(text) as Day;

function calendarOf(...closed: unknown[]) {
  const loaded = loadClinicCalendar({ clinic: 'C1', closed });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value;
}

const WEEKENDS = { rule: 'FREQ=WEEKLY;BYDAY=SA,SU' };
/** 2026-06-13 is a Saturday. */
const window = {
  earliest: day('2026-06-05'),
  target: day('2026-06-13'),
  latest: day('2026-06-26'),
};

function suggestion(closed: unknown[], from?: string): string {
  const suggested = suggestDay(
    window,
    calendarOf(...closed),
    from === undefined ? undefined : day(from),
  );
  return suggested.found ? `${formatDay(suggested.day)} (${suggested.fromTarget})` : suggested.why;
}

describe('the suggested day', () => {
  it('is the target where the clinic works on it', () => {
    expect(suggestion([])).toBe('2026-06-13 (0)');
  });

  it('is the nearest open day, of two the earlier', () => {
    expect(suggestion([WEEKENDS])).toBe('2026-06-12 (-1)');
    expect(suggestion([{ date: '2026-06-13' }])).toBe('2026-06-12 (-1)');
    expect(suggestion([WEEKENDS, { date: '2026-06-12' }])).toBe('2026-06-11 (-2)');
    expect(suggestion([WEEKENDS, { date: '2026-06-12' }, { date: '2026-06-11' }])).toBe(
      '2026-06-15 (2)',
    );
  });

  it('is never before the day from which it is asked for', () => {
    expect(suggestion([WEEKENDS], '2026-06-13')).toBe('2026-06-15 (2)');
    expect(suggestion([WEEKENDS], '2026-06-20')).toBe('2026-06-22 (9)');
    expect(suggestion([WEEKENDS], '2026-06-26')).toBe('2026-06-26 (13)');
  });

  it('is none when the window is over, or no day of it is open', () => {
    expect(suggestion([], '2026-06-27')).toBe('window-over');
    expect(suggestion([{ rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU' }])).toBe('all-closed');
    expect(suggestion([WEEKENDS, { date: '2026-06-26' }], '2026-06-26')).toBe('all-closed');
  });

  it('keeps the target beside it', () => {
    expect(suggestDay(window, calendarOf(WEEKENDS)).target).toBe(window.target);
  });

  it('is what trying every day of the window finds, whatever the rules', () => {
    const rules = fc.array(ruleTexts, { maxLength: 4 });
    const days = fc.nat(60);
    fc.assert(
      fc.property(
        rules,
        fc.nat(900),
        days,
        days,
        fc.nat(140),
        (texts, start, before, after, ask) => {
          const earliest = addDays(day('2026-01-01'), start);
          const target = addDays(earliest, before);
          const latest = addDays(target, after);
          const from = addDays(earliest, ask - 10);
          const since = day('2025-11-10');
          const calendar = calendarOf(
            ...texts.map((rule) => ({ rule, from: formatDay(since) })).filter(isUsable),
          );
          const closed = new Set(
            texts
              .filter((rule) => isUsable({ rule, from: formatDay(since) }))
              .flatMap((text) => {
                const rule = parseClosureRule(text);
                return rule.ok ? closedDaysByHand(rule.value, since, earliest, latest) : [];
              }),
          );
          let best: Day | undefined;
          for (let each = earliest; each <= latest; each = addDays(each, 1)) {
            if (each < from || closed.has(each)) continue;
            if (best === undefined || Math.abs(each - target) < Math.abs(best - target))
              best = each;
          }
          const found = suggestDay({ earliest, target, latest }, calendar, from);
          expect(found.found ? found.day : undefined).toBe(best);
        },
      ),
      RUNS,
    );
  });
});

function isUsable(entry: { rule: string; from: string }): boolean {
  return loadClinicCalendar({ clinic: 'C1', closed: [entry] }).ok;
}
