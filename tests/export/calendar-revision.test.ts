import { describe, expect, it } from 'vitest';
import { calendarRevision } from '../../src/export/calendar-revision.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { samplePlan } from './sample-plans.ts';

function planWith(...dates: readonly string[]): Plan {
  return {
    ...samplePlan('baseline-ahead'),
    events: dates.map((date, index) => ({ id: `e${index}`, type: 'imaging', date })),
  };
}

describe('calendarRevision without a store', () => {
  it('is that of the newest known event, in whatever order they stand', () => {
    const expected = Date.UTC(2026, 8, 30);
    expect(calendarRevision(planWith('2026-04-20', '2026-09-30')).stamp).toBe(expected);
    expect(calendarRevision(planWith('2026-09-30', '2026-04-20')).stamp).toBe(expected);
  });

  it('is that of the ablation where no event is newer', () => {
    expect(calendarRevision(planWith()).stamp).toBe(Date.UTC(2026, 0, 15));
    expect(calendarRevision(planWith('2025-12-01')).stamp).toBe(Date.UTC(2026, 0, 15));
  });

  it('was created on the day of the ablation, never after it changed', () => {
    expect(calendarRevision(planWith('2026-04-20')).created).toBe(Date.UTC(2026, 0, 15));
    const early = Date.UTC(2026, 0, 1);
    expect(calendarRevision(planWith(), early).created).toBe(early);
  });

  it('never lowers the sequence when a case gains events or a later stamp', () => {
    const sequences = [
      calendarRevision(planWith()),
      calendarRevision(planWith('2026-04-20')),
      calendarRevision(planWith('2026-04-20', '2026-04-21')),
      calendarRevision(planWith('2026-04-21')),
      calendarRevision(planWith(), Date.UTC(2026, 3, 21, 0, 1)),
    ].map(({ sequence }) => sequence);
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    expect(sequences[4]).toBe((sequences[3] ?? 0) + 1);
  });

  it('stays a 32-bit integer', () => {
    expect(calendarRevision(planWith('6000-01-01')).sequence).toBeLessThan(2 ** 31);
    expect(calendarRevision(planWith(), -1).sequence).toBe(0);
  });
});
