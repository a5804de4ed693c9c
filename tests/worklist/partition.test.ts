import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseFile } from '../../src/domain/case-file.ts';
import { addDays, type Day } from '../../src/domain/civil-date.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { BUCKET_NAMES } from '../../src/plan/worklist-buckets.ts';
import type { WorklistRow } from '../../src/plan/worklist-row.ts';
import type { Protocol } from '../../src/protocol/protocol-schema.ts';
import { planCase } from '../../src/service/case/plan-case.ts';
import { diffRows } from '../../src/worklist/diff-worklists.ts';
import { rowsOfPlan } from '../../src/worklist/rows-of-plan.ts';
import { makeWorklist } from '../../src/worklist/worklist.ts';
import { anyProtocol, cases, RUNS, read } from '../properties/arbitraries.ts';
import { dayOf } from './cohort.ts';

function planOf(caseFile: CaseFile, asOf: Day, protocol: Protocol): Plan {
  return planCase(caseFile, { protocol, asOf, today: asOf, explain: false });
}

function rows(plan: Plan, soonDays = 30): WorklistRow[] {
  return rowsOfPlan(plan, { clinic: 'C1', soonDays });
}

/** Days from one to another, both included, at most some hundred of them. */
const walks = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 90 }))
  .map(([steps, stride]) => ({ steps, stride }));

/** What the contract calls open, straight from the plan's statuses. */
function openKeys(plan: Plan): string[] {
  const lanes = plan.visits.filter(({ kind }) => kind === 'lane');
  const staged = plan.visits.filter(({ kind }) => kind !== 'lane');
  const open = ['not-yet-due', 'due', 'overdue', 'on-hold'];
  return [
    ...plan.escalations.filter(({ status }) => ['open', 'overdue'].includes(status)),
    ...staged.filter(({ status }) => open.includes(status)).slice(0, 1),
    ...lanes.filter(({ status }) => open.includes(status)),
  ].map(({ key }) => key);
}

function expectNothingHidden(row: WorklistRow, status: string | undefined): void {
  const late = row.kind === 'escalation' ? 'escalation-overdue' : 'overdue';
  expect(row.bucket === late).toBe(status === 'overdue');
  expect(row.bucket === 'escalation').toBe(status === 'open');
  if (row.bucket === 'booked') {
    expect(row.booked?.stands).toBe(true);
    expect(dayOf(row.booked?.day ?? '')).toBeGreaterThanOrEqual(dayOf(row.asOf));
    expect(row.daysLate).toBeLessThanOrEqual(0);
  }
  if (row.bucket === 'deferred' || row.bucket === 'on-hold') expect(row.until).not.toBeNull();
}

function expectNothingLost(caseFile: CaseFile, before: Plan, after: Plan): void {
  const recorded = caseFile.events
    .filter(({ date }) => date > dayOf(before.asOf) && date <= dayOf(after.asOf))
    .map(({ id }) => id);
  const changes = diffRows(rows(before), rows(after), { plan: after, recorded });
  if (recorded.length === 0) {
    for (const { kind, cause } of changes) {
      expect(['became-overdue', 'changed']).toContain(kind);
      expect(cause.kind).toBe('as-of');
    }
    return;
  }
  // A correction can be taken back in its turn, and its effect stay: then no event is left to name.
  const standing = after.events.map(({ id }) => id).filter((id) => recorded.includes(id));
  for (const { kind, cause, before: row } of changes) {
    if (kind !== 'resolved' || row?.kind === 'facts' || standing.length === 0) continue;
    expect(standing).toContain('event' in cause ? cause.event : cause.kind);
  }
}

describe('on every day of every episode', () => {
  it('each open item is in exactly one bucket', () => {
    fc.assert(
      fc.property(cases, anyProtocol, fc.nat(60), walks, (generated, protocol, soon, walk) => {
        const caseFile = read(generated.document);
        for (let step = 0; step <= walk.steps; step += 1) {
          const plan = planOf(caseFile, addDays(generated.asOf, step * walk.stride), protocol);
          const list = rows(plan, soon);
          const items = list.map(({ item }) => item);
          expect(new Set(items).size).toBe(items.length);
          const visits = list.filter(({ kind }) => ['escalation', 'staged', 'lane'].includes(kind));
          expect(visits.map(({ item }) => item).sort()).toEqual(openKeys(plan).sort());
          for (const { bucket } of list) expect(BUCKET_NAMES).toContain(bucket);
          const { counts } = makeWorklist(list, { asOf: plan.asOf, soonDays: soon });
          expect(Object.values(counts).reduce((a, b) => a + b)).toBe(list.length);
        }
      }),
      RUNS,
    );
  });

  it('who is followed has something on the list, and who is not has open questions at most', () => {
    fc.assert(
      fc.property(cases, anyProtocol, (generated, protocol) => {
        const plan = planOf(read(generated.document), generated.asOf, protocol);
        const kinds = new Set(rows(plan).map(({ kind }) => kind));
        kinds.delete('facts');
        if (plan.endedBy === null) expect(kinds.size).toBeGreaterThan(0);
        else expect([...kinds].filter((kind) => kind !== 'escalation')).toEqual([]);
      }),
      RUNS,
    );
  });

  it('nothing that is late, due or asked for is hidden by a booking, a deferral or a hold', () => {
    fc.assert(
      fc.property(cases, anyProtocol, fc.nat(60), (generated, protocol, soon) => {
        const plan = planOf(read(generated.document), generated.asOf, protocol);
        const statuses = new Map(
          [...plan.visits, ...plan.escalations].map(({ key, status }) => [key, status]),
        );
        for (const row of rows(plan, soon)) expectNothingHidden(row, statuses.get(row.item));
      }),
      RUNS,
    );
  });
});

describe('from one day to a later one', () => {
  it('no item leaves the list without an event, and none comes', () => {
    fc.assert(
      fc.property(cases, anyProtocol, walks, (generated, protocol, walk) => {
        const caseFile = read(generated.document);
        let before = planOf(caseFile, generated.asOf, protocol);
        for (let step = 1; step <= walk.steps; step += 1) {
          const after = planOf(caseFile, addDays(generated.asOf, step * walk.stride), protocol);
          expectNothingLost(caseFile, before, after);
          before = after;
        }
      }),
      RUNS,
    );
  });

  it('a visit that becomes overdue was due or booked before, unless it was on hold', () => {
    fc.assert(
      fc.property(cases, anyProtocol, fc.nat(60), (generated, protocol, soon) => {
        const caseFile = read(generated.document);
        let before = new Map<string, string>();
        for (let step = 0; step < 250; step += 1) {
          const plan = planOf(caseFile, addDays(generated.asOf, step), protocol);
          const now = new Map(rows(plan, soon).map(({ item, bucket }) => [item, bucket]));
          const quiet = !caseFile.events.some(({ date }) => date === addDays(generated.asOf, step));
          for (const [item, bucket] of now) {
            if (bucket !== 'overdue' || !quiet || !before.has(item)) continue;
            expect(['overdue', 'due', 'booked', 'on-hold']).toContain(before.get(item));
          }
          before = now;
        }
      }),
      { numRuns: Math.ceil(RUNS.numRuns / 10) },
    );
  });
});
