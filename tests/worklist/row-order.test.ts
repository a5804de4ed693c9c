import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ESCALATION_ACTIONS } from '../../src/domain/escalation-action.ts';
import { RISK_TIERS } from '../../src/domain/risk-tier.ts';
import { BUCKET_NAMES } from '../../src/plan/worklist-buckets.ts';
import type { WorklistRow } from '../../src/plan/worklist-row.ts';
import { compareRows } from '../../src/worklist/row-order.ts';
import { rowOf, rowsOn } from './cohort.ts';

const sample = rowOf(rowsOn('2026-04-20'), 'a1.baseline');
const row = (changes: Partial<WorklistRow>): WorklistRow => ({ ...sample, ...changes });
const order = (...rows: WorklistRow[]) => rows.sort(compareRows).map(({ item }) => item);

describe('the order of rows', () => {
  it('is by bucket before anything else', () => {
    expect(
      order(
        row({ item: 'due', bucket: 'due', tier: 'high', daysLate: 0 }),
        row({ item: 'late', bucket: 'overdue', tier: 'standard', daysLate: 1 }),
        row({ item: 'open', bucket: 'escalation', action: 'obtain-report', tier: 'standard' }),
        row({ item: 'hot', bucket: 'escalation-overdue', action: 'obtain-report', daysLate: 1 }),
      ),
    ).toEqual(['hot', 'open', 'late', 'due']);
  });

  it('of escalations is by what they ask for', () => {
    const rows = ESCALATION_ACTIONS.map((action, index) =>
      row({ item: action, bucket: 'escalation', action, tier: 'high', daysLate: index }),
    );
    expect(order(...rows.reverse())).toEqual([...ESCALATION_ACTIONS]);
  });

  it('is by tier, from the highest, and then by days late, from the most', () => {
    expect(
      order(
        row({ item: 'standard, 90 late', tier: 'standard', daysLate: 90 }),
        row({ item: 'high, 1 left', tier: 'high', daysLate: -1 }),
        row({ item: 'high, 3 left', tier: 'high', daysLate: -3 }),
        row({ item: 'elevated, 9 late', tier: 'elevated', daysLate: 9 }),
        row({ item: 'high, 2 late', tier: 'high', daysLate: 2 }),
        row({ item: 'high, without a deadline', tier: 'high', daysLate: null }),
      ),
    ).toEqual([
      'high, 2 late',
      'high, 1 left',
      'high, 3 left',
      'high, without a deadline',
      'elevated, 9 late',
      'standard, 90 late',
    ]);
  });

  it('leaves nothing to chance: any order of the same rows gives the same list', () => {
    const rows = fc.uniqueArray(
      fc.record({
        bucket: fc.constantFrom(...BUCKET_NAMES),
        tier: fc.constantFrom(...RISK_TIERS),
        daysLate: fc.option(fc.integer({ min: -2, max: 2 })),
        clinic: fc.constantFrom('C1', 'C2'),
        episode: fc.constantFrom('E1', 'e1', 'E10'),
        item: fc.constantFrom('a1.baseline', 'a1.interval-1', 'facts'),
      }),
      { maxLength: 20, selector: ({ clinic, episode, item }) => `${clinic} ${episode} ${item}` },
    );
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (some, chances) => {
        const made = some.map(row);
        const shuffled = made
          .map((each) => [chances.next().value, each] as const)
          .sort(([a], [b]) => a - b)
          .map(([, each]) => each);
        expect(shuffled.sort(compareRows)).toEqual(made.sort(compareRows));
      }),
    );
  });
});
