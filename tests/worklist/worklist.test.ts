import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUCKET_NAMES } from '../../src/plan/worklist-buckets.ts';
import type { WorklistRow } from '../../src/plan/worklist-row.ts';
import type { RowFilter } from '../../src/worklist/row-filter.ts';
import { rowsOfPlan } from '../../src/worklist/rows-of-plan.ts';
import {
  filterWorklist,
  makeWorklist,
  replaceRows,
  rowsInBuckets,
} from '../../src/worklist/worklist.ts';
import { event, exam } from '../engine/case-builder.ts';
import { planOn, SETTINGS } from './cohort.ts';

const ASOF = '2026-06-20';

function rows(): WorklistRow[] {
  const rowsOf = (
    clinic: string,
    id: string,
    events: Readonly<Record<string, unknown>>[],
    more = {},
  ) =>
    rowsOfPlan(planOn(ASOF, events, { id, ...more }), {
      ...SETTINGS,
      clinic,
      codeOf: (item) => `${id}-${item.slice(-2)}`,
    });
  const baseline = exam('x1', '2026-04-20', 'MRI', '3');
  return [
    ...rowsOf('C1', 'overdue', []),
    ...rowsOf('C2', 'held', [baseline, exam('x2', '2026-06-10', 'US', '4B')]),
    ...rowsOf('C1', 'imaging', [
      exam('x1', '2026-05-10', 'CEM', '2', { findings: { wall: { asymmetric: true } } }),
    ]),
    ...rowsOf('C2', 'facts', [baseline], { tumor: undefined }),
    ...rowsOf('C1', 'deferred', [
      event('d1', 'deferral', '2026-05-01', { visit: 'a1.baseline', until: '2026-09-01' }),
    ]),
    ...rowsOf('C1', 'high', [], { tumor: { grade: 3 } }),
  ];
}

const whole = () => makeWorklist(rows(), { asOf: ASOF, soonDays: 30 });
const shown = (filter: RowFilter) =>
  filterWorklist(whole(), filter)
    .rows.filter(({ bucket }) => bucket !== 'later')
    .map(({ episode, item }) => `${episode} ${item}`);

describe('a worklist', () => {
  it('is sorted and counts the rows of each bucket', () => {
    const { rows: sorted, counts, leftOut } = whole();
    expect(sorted.slice(0, 5).map(({ episode, item }) => `${episode} ${item}`)).toEqual([
      'imaging esc.x1',
      'held esc.x2',
      'high a1.baseline',
      'overdue a1.baseline',
      'deferred a1.baseline',
    ]);
    expect(counts).toEqual({
      'escalation-overdue': 1,
      escalation: 1,
      overdue: 2,
      due: 0,
      'opens-soon': 0,
      booked: 0,
      deferred: 1,
      'on-hold': 1,
      'data-to-complete': 1,
      'to-close': 0,
      later: 6 * 5 + 2,
    });
    expect(leftOut).toBe(0);
    expect(sorted).toHaveLength(Object.values(counts).reduce((a, b) => a + b));
  });

  it('is shown in parts, and says how much is left out', () => {
    const part = filterWorklist(whole(), { buckets: ['overdue', 'deferred'] });
    expect(part.rows.map(({ episode }) => episode)).toEqual(['high', 'overdue', 'deferred']);
    expect(part.leftOut).toBe(whole().rows.length - 3);
    const smaller = filterWorklist(part, { tiers: ['high'] });
    expect(smaller.rows).toHaveLength(1);
    expect(smaller.leftOut).toBe(whole().rows.length - 1);
    expect(smaller.counts.deferred).toBe(0);
  });

  it('leaves the rows that it was given as they were', () => {
    const given = rows();
    const order = given.map(({ episode, item }) => episode + item);
    makeWorklist(given, { asOf: ASOF, soonDays: 30 });
    expect(given.map(({ episode, item }) => episode + item)).toEqual(order);
  });
});

describe('the filters', () => {
  it('of tier, clinic and code', () => {
    expect(shown({ tiers: ['high'] })).toEqual(['high a1.baseline']);
    expect(shown({ clinics: ['C2'], buckets: ['escalation', 'on-hold'] })).toEqual([
      'held esc.x2',
      'held a1.interval-1',
    ]);
    expect(shown({ code: 'OVERDUE-NE' })).toEqual(['overdue a1.baseline']);
    expect(shown({ code: 'nobody' })).toEqual([]);
  });

  it('of modality show what can be done with it', () => {
    expect(shown({ modalities: ['CEM'] })).toEqual([
      'high a1.baseline',
      'overdue a1.baseline',
      'deferred a1.baseline',
      'held a1.interval-1',
    ]);
    expect(shown({ modalities: ['MRI', 'US'] })).toContain('imaging esc.x1');
  });

  it('of days show what can be done on one of them, and hide nothing that is late today', () => {
    const late = ['imaging esc.x1', 'high a1.baseline', 'overdue a1.baseline'];
    expect(shown({ from: ASOF, to: ASOF })).toEqual([
      'imaging esc.x1',
      'held esc.x2',
      'high a1.baseline',
      'overdue a1.baseline',
      'deferred a1.baseline',
      'facts facts',
    ]);
    expect(shown({ from: '2026-06-01' })).toEqual(expect.arrayContaining(late));
    expect(shown({ to: '2026-06-09' })).toEqual([...late, 'deferred a1.baseline']);
    expect(shown({ from: '2026-06-25', to: '2026-07-31' })).toEqual(['deferred a1.baseline']);
    expect(shown({ from: '2026-09-01', to: '2026-09-01' })).toEqual(['deferred a1.baseline']);
    expect(shown({ from: '2026-09-02', to: '2026-09-02' })).toEqual([]);
    expect(shown({ from: '2026-11-20', to: '2026-11-20' })).toEqual(['held a1.interval-1']);
    expect(shown({ from: '2026-11-21', to: '2026-11-21' })).toEqual([]);
  });
});

describe('a worklist in which rows are replaced', () => {
  it('is the one that is made of the rows that it then has, whichever they are', () => {
    const all = rows();
    const day = { asOf: ASOF, soonDays: 30 };
    fc.assert(
      fc.property(
        fc.array(fc.nat(3), { minLength: all.length, maxLength: all.length }),
        (fates) => {
          const [stay, gone, added] = [0, 1, 2].map((fate) =>
            all.filter((_, index) => fates[index] === fate),
          );
          const before = makeWorklist([...(stay ?? []), ...(gone ?? [])], day);
          const text = JSON.stringify(before);
          expect(replaceRows(before, new Set(gone), added ?? [])).toEqual(
            makeWorklist([...(stay ?? []), ...(added ?? [])], day),
          );
          expect(JSON.stringify(before)).toBe(text);
        },
      ),
    );
  });

  it('may get as many rows at once as an import of a large clinic makes', () => {
    const [row] = rows();
    if (row === undefined) throw new Error('there is a row');
    const added = Array.from({ length: 200_000 }, (_, index) => ({ ...row, episode: `${index}` }));
    const empty = makeWorklist([], { asOf: ASOF, soonDays: 30 });
    const { rows: all, counts } = replaceRows(empty, new Set(), added);
    expect(all).toHaveLength(200_000);
    expect(counts[row.bucket]).toBe(200_000);
  });
});

describe('the rows of some buckets', () => {
  it('are those that the list has of them, in its order', () => {
    const list = whole();
    fc.assert(
      fc.property(fc.subarray([...BUCKET_NAMES]), (buckets) => {
        expect(rowsInBuckets(list, buckets)).toEqual(filterWorklist(list, { buckets }).rows);
      }),
    );
  });
});
