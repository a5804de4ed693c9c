import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import type { RowChange, WorklistDiff } from '../../src/plan/worklist-diff.ts';
import { diffRows, diffWorklists } from '../../src/worklist/diff-worklists.ts';
import { rowsOfPlan } from '../../src/worklist/rows-of-plan.ts';
import { filterWorklist, makeWorklist } from '../../src/worklist/worklist.ts';
import { event, exam, pathology, protocolWith } from '../engine/case-builder.ts';
import { planOn, SETTINGS } from './cohort.ts';

type Json = Readonly<Record<string, unknown>>;

function changesBetween(before: Plan, after: Plan): RowChange[] {
  const old = new Set(before.events.map(({ id }) => id));
  const recorded = after.events.map(({ id }) => id).filter((id) => !old.has(id));
  return diffRows(rowsOfPlan(before, SETTINGS), rowsOfPlan(after, SETTINGS), {
    plan: after,
    recorded,
  });
}

/** `item kind by cause` of what changed, the visits of far years aside. */
function told(changes: readonly RowChange[]): string[] {
  return changes
    .filter(({ before, after }) => !(after ?? before)?.item.includes('routine'))
    .map(({ kind, before, after, cause }) => {
      const by =
        cause.kind === 'event' ? cause.event : cause.kind === 'as-of' ? cause.to : cause.kind;
      return `${(after ?? before)?.item} ${kind} by ${by}`;
    });
}

/** What changes from one day to another, when the events of `added` are recorded in between. */
function changes(from: string, to: string, events: Json[], added: Json[] = [], episode = {}) {
  return told(
    changesBetween(planOn(from, events, episode), planOn(to, [...events, ...added], episode)),
  );
}

const baseline = exam('x1', '2026-04-20', 'MRI', '2');
const suspicious = exam('x2', '2026-06-10', 'US', '4B');
const visit = 'a1.baseline';

describe('between two days without an event', () => {
  it('nothing changes while the bucket stays', () => {
    expect(changes('2026-04-20', '2026-04-27', [])).toEqual([]);
  });

  it('a visit opens soon, is due, and becomes overdue, by the day', () => {
    expect(changes('2026-03-01', '2026-03-16', [])).toEqual([`${visit} changed by 2026-03-16`]);
    expect(changes('2026-04-14', '2026-04-15', [])).toEqual([`${visit} changed by 2026-04-15`]);
    expect(changes('2026-05-15', '2026-05-16', [])).toEqual([
      `${visit} became-overdue by 2026-05-16`,
    ]);
  });

  it('an escalation becomes overdue', () => {
    expect(changes('2026-06-24', '2026-06-25', [baseline, suspicious])).toEqual([
      'esc.x2 became-overdue by 2026-06-25',
    ]);
  });

  it('an appointment passes, a deferral and a suspension run out', () => {
    const booking = event('b1', 'booking', '2026-04-01', { visit, appointment: '2026-04-25' });
    const deferral = event('d1', 'deferral', '2026-05-01', { visit, until: '2026-08-01' });
    const suspension = event('s1', 'suspension', '2026-04-20', { until: '2026-05-01' });
    expect(changes('2026-04-25', '2026-04-26', [booking])).toEqual([
      `${visit} changed by 2026-04-26`,
    ]);
    expect(changes('2026-07-01', '2026-07-02', [deferral])).toEqual([
      `${visit} changed by 2026-07-02`,
    ]);
    expect(changes('2026-05-01', '2026-05-02', [suspension])).toEqual([
      `${visit} changed by 2026-05-02`,
    ]);
  });
});

describe('an event', () => {
  it('fills a visit and opens the next', () => {
    expect(changes('2026-04-19', '2026-04-21', [], [baseline])).toEqual([
      'a1.interval-1 appeared by x1',
      `${visit} resolved by x1`,
    ]);
  });

  it('raises an escalation and holds a visit', () => {
    expect(changes('2026-06-01', '2026-06-11', [baseline], [suspicious])).toEqual([
      'esc.x2 appeared by x2',
      'a1.interval-1 changed by x2',
    ]);
  });

  it('answers an escalation, and frees the visit or brings it forward', () => {
    const answer = pathology('p1', '2026-06-18', 'benign-concordant');
    const clear = exam('x1', '2026-04-20', 'MRI', '1');
    expect(changes('2026-06-15', '2026-06-19', [baseline, suspicious], [answer])).toEqual([
      'a1.interval-1 changed by p1',
      'esc.x2 resolved by p1',
    ]);
    expect(changes('2026-06-15', '2026-06-19', [clear, suspicious], [answer])).toEqual([
      'a1.interval-1 moved by p1',
      'esc.x2 resolved by p1',
    ]);
  });

  it('books, defers, declines or suspends a visit', () => {
    const on = (type: string, more: Json) => [event('e1', type, '2026-04-20', more)];
    const booked = on('booking', { visit, appointment: '2026-04-25' });
    expect(changes('2026-04-19', '2026-04-21', [], booked)).toEqual([`${visit} changed by e1`]);
    const deferred = on('deferral', { visit, until: '2026-08-01' });
    expect(changes('2026-04-19', '2026-04-21', [], deferred)).toEqual([`${visit} moved by e1`]);
    const declined = on('decline', { visit });
    expect(changes('2026-04-19', '2026-04-21', [], declined)).toEqual([
      'a1.interval-1 appeared by e1',
      `${visit} resolved by e1`,
    ]);
    expect(changes('2026-04-19', '2026-04-21', [], on('suspension', {}))).toEqual([
      `${visit} changed by e1`,
    ]);
  });

  it('ends the surveillance, or starts the next course', () => {
    const closure = event('c1', 'closure', '2026-04-20', { reason: 'withdrew' });
    expect(changes('2026-04-19', '2026-04-21', [], [closure], { tumor: undefined })).toEqual([
      `${visit} resolved by c1`,
      'facts resolved by c1',
    ]);
    const again = event('r1', 'ablation', '2026-04-20');
    const decline = event('n1', 'decline', '2026-04-21', { visit: 'a2.routine-72' });
    expect(changes('2026-04-19', '2026-04-21', [], [again, decline])).toEqual([
      'a2.baseline appeared by r1',
      `${visit} resolved by r1`,
    ]);
  });

  it('reports an exam: the question for the report is gone', () => {
    const awaited = exam('x1', '2026-04-20', 'MRI');
    const report = event('r1', 'report', '2026-04-24', { of: 'x1', biRads: '2' });
    const booking = event('b1', 'booking', '2026-04-25', {
      visit: 'a1.routine-72',
      appointment: '2032-01-20',
    });
    expect(changes('2026-04-21', '2026-04-26', [awaited], [report, booking])).toEqual([
      'esc.x1 resolved by r1',
    ]);
  });

  it('completes an exam that was incomplete: the report is behind it', () => {
    const incomplete = exam('x1', '2026-04-20', 'MRI', '0');
    const report = event('r1', 'report', '2026-04-24', { of: 'x1', biRads: '2' });
    expect(changes('2026-04-21', '2026-04-26', [incomplete], [report])).toEqual([
      'a1.interval-1 appeared by r1',
      'esc.x1 resolved by r1',
      `${visit} resolved by r1`,
    ]);
  });

  it('takes back an exam: its escalation is resolved by the correction', () => {
    const correction = event('z1', 'correction', '2026-06-12', { of: 'x2' });
    expect(changes('2026-06-11', '2026-06-13', [baseline, suspicious], [correction])).toEqual([
      'a1.interval-1 changed by z1',
      'esc.x2 resolved by z1',
    ]);
  });

  it('takes back an exam of a later course: the repeat ablation is not to blame', () => {
    const again = event('r1', 'ablation', '2026-04-20');
    const filled = exam('x9', '2026-07-25', 'MRI', '2');
    const correction = event('z1', 'correction', '2026-07-30', { of: 'x9' });
    expect(changes('2026-07-28', '2026-07-31', [again, filled], [correction])).toEqual([
      'a2.baseline appeared by z1',
      'a2.interval-1 resolved by z1',
    ]);
  });

  it('takes back an exam after the end: the end is not to blame', () => {
    const closure = event('c1', 'closure', '2026-05-01', { reason: 'withdrew' });
    const correction = event('z1', 'correction', '2026-06-12', { of: 'x2' });
    expect(changes('2026-06-11', '2026-06-13', [closure, suspicious], [correction])).toEqual([
      'esc.x2 resolved by z1',
    ]);
  });
});

describe('what is no event', () => {
  it('facts that were completed', () => {
    const booking = event('b1', 'booking', '2026-04-20', { visit, appointment: '2026-04-25' });
    const changed = changesBetween(
      planOn('2026-04-19', [], { tumor: undefined }),
      planOn('2026-04-21', [booking]),
    );
    expect(told(changed)).toEqual([`${visit} changed by b1`, 'facts resolved by facts']);
  });

  it('another version of the protocol', () => {
    const newer = protocolWith({ version: '2.0.0', baseline: { latestMonths: 5 } });
    const changed = changesBetween(planOn('2026-04-19'), planOn('2026-04-19', [], {}, newer));
    expect(told(changed)).toEqual([`${visit} moved by protocol`]);
    expect(changed[0]?.cause).toEqual({
      kind: 'protocol',
      from: 'staged-risk-adapted 1.0.0',
      to: 'staged-risk-adapted 2.0.0',
    });
  });

  it('another version of the protocol, by which a visit is late at once', () => {
    const stricter = protocolWith({ version: '2.0.0', baseline: { latestMonths: 3 } });
    const changed = changesBetween(planOn('2026-05-01'), planOn('2026-05-02', [], {}, stricter));
    expect(told(changed)).toEqual([`${visit} became-overdue by protocol`]);
  });

  it('an episode that is gone', () => {
    const rows = rowsOfPlan(planOn('2026-04-19'), SETTINGS);
    expect(told(diffRows(rows, [], null))).toEqual([`${visit} resolved by episode-gone`]);
    expect(() => diffRows([], rows, null)).toThrow(RangeError);
  });
});

describe('the difference of two worklists', () => {
  const events: Record<string, [Json[], Json[]]> = {
    A: [[], []],
    B: [[], [baseline]],
    C: [[baseline], [suspicious]],
  };

  function worklist(asOf: string, index: 0 | 1) {
    const plans = Object.entries(events).map(([id, [first, then]]) =>
      planOn(asOf, index === 0 ? first : [...first, ...then], { id }),
    );
    const rows = plans.flatMap((plan) => rowsOfPlan(plan, SETTINGS));
    return { list: makeWorklist(rows, { asOf, soonDays: 30 }), plans };
  }

  const before = worklist('2026-05-15', 0);
  const after = worklist('2026-06-11', 1);
  const difference = (): WorklistDiff =>
    diffWorklists(before.list, after.list, (_clinic, episode) => {
      const plan = after.plans.find((each) => each.episode.id === episode);
      return plan === undefined
        ? null
        : { plan, recorded: (events[episode]?.[1] ?? []).map(({ id }) => String(id)) };
    });

  it('tells each item once, and how many stayed', () => {
    const { asOf, becameOverdue, appeared, moved, changed, resolved, unchanged } = difference();
    const items = (list: readonly RowChange[]) =>
      list.map(({ before: old, after: now }) => `${(now ?? old)?.episode} ${(now ?? old)?.item}`);
    expect(asOf).toEqual({ from: '2026-05-15', to: '2026-06-11' });
    expect(items(becameOverdue)).toEqual(['A a1.baseline']);
    expect(items(appeared)).toEqual(['C esc.x2', 'B a1.interval-1']);
    expect(items(moved)).toEqual([]);
    expect(items(changed)).toEqual(['C a1.interval-1']);
    expect(items(resolved)).toEqual(['B a1.baseline']);
    expect(unchanged).toBe(15);
  });

  it('is empty between a list and itself', () => {
    const same = diffWorklists(after.list, after.list, (_clinic, episode) => ({
      plan: after.plans.find((each) => each.episode.id === episode) as Plan,
      recorded: [],
    }));
    expect(same).toMatchObject({
      becameOverdue: [],
      appeared: [],
      moved: [],
      changed: [],
      resolved: [],
      unchanged: after.list.rows.length,
    });
  });

  it('is not made of a filtered list', () => {
    const part = filterWorklist(after.list, { buckets: ['overdue'] });
    expect(() => diffWorklists(before.list, part, () => null)).toThrow(RangeError);
    expect(() => diffWorklists(part, after.list, () => null)).toThrow(RangeError);
  });

  it('names the day on which the later list was made', () => {
    expect(difference().becameOverdue[0]?.cause).toEqual({
      kind: 'as-of',
      from: '2026-05-15',
      to: '2026-06-11',
    });
  });
});
