import { describe, expect, it } from 'vitest';
import { applyDiff, diffPlans } from '../../src/plan/diff-plans.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { LineChange, PlanDiff } from '../../src/plan/plan-diff.ts';
import { findProtocol } from '../../src/protocol/catalog.ts';
import { CONFORMANCE, caseOf, event, exam, planOf } from './plans.ts';

function changesOf(diff: PlanDiff): LineChange<{ readonly key: string }>[] {
  return [diff.visits, diff.escalations].flatMap((lines) => [
    ...lines.added,
    ...lines.moved,
    ...lines.changed,
    ...lines.restated,
    ...lines.cancelled,
  ]);
}

/** Each line stands in exactly one list, and the difference makes the new plan of the old one. */
function checkDiff(before: Plan, after: Plan): void {
  const diff = diffPlans(before, after);
  expect(applyDiff(before, diff)).toEqual(after);
  expect(applyDiff(before, JSON.parse(JSON.stringify(diff)))).toEqual(after);
  for (const [kind, lines] of [
    ['visits', diff.visits],
    ['escalations', diff.escalations],
  ] as const) {
    const told = [
      ...[
        ...lines.added,
        ...lines.moved,
        ...lines.changed,
        ...lines.restated,
        ...lines.cancelled,
      ].map(({ key }) => key),
      ...lines.unchanged,
    ];
    const keys = new Set([...before[kind], ...after[kind]].map(({ key }) => key));
    expect(told.toSorted()).toEqual([...keys].toSorted());
  }
  for (const { cause } of [...diff.visits.moved, ...diff.escalations.moved]) {
    expect(cause.kind).not.toBe('as-of');
  }
  for (const change of changesOf(diff)) {
    expect(change.rule).toBeTruthy();
    expect(diff.causes).toContainEqual(change.cause);
  }
}

describe('the difference of two plans, applied to the old one, gives the new one', () => {
  it('for every conformance case, before and after its last event', () => {
    for (const { document } of CONFORMANCE) {
      const { asOf, events } = document;
      if (events.length === 0) continue;
      const dates = events.map(({ date }) => String(date)).toSorted();
      const last = dates.at(-1) ?? asOf;
      const before = { ...document, events: events.filter(({ date }) => String(date) < last) };
      if (!isSound(before)) continue;
      checkDiff(planOf(before, asOf), planOf(document, asOf));
      checkDiff(planOf(document, asOf), planOf(before, asOf));
    }
  });

  it('for every conformance case on two days', () => {
    for (const { document } of CONFORMANCE) {
      const { asOf } = document;
      const year = Number(asOf.slice(0, 4));
      checkDiff(planOf(document, asOf), planOf(document, `${year + 1}-06-30`));
      checkDiff(planOf(document, `${year + 1}-06-30`), planOf(document, asOf));
    }
  });

  it('for every conformance case by two protocols', () => {
    const ice3 = findProtocol('ice3');
    if (!ice3.ok) throw new Error('ice3');
    for (const { document } of CONFORMANCE) {
      checkDiff(planOf(document, document.asOf), planOf(document, document.asOf, ice3.value));
    }
  });
});

/** A report or correction may name an event that is cut away. */
function isSound(document: { events: readonly Readonly<Record<string, unknown>>[] }): boolean {
  const ids = new Set(document.events.map(({ id }) => id));
  return document.events.every(({ of }) => of === undefined || ids.has(of));
}

describe('a plan and itself', () => {
  it('differ in nothing', () => {
    const plan = planOf(caseOf([exam('x1', '2026-04-20', '2')]), '2026-06-01');
    const diff = diffPlans(plan, plan);
    expect(changesOf(diff)).toEqual([]);
    expect(diff.header).toEqual({});
    expect(diff.visits.unchanged).toEqual(plan.visits.map(({ key }) => key));
  });
});

const x1 = exam('x1', '2026-04-20', '2');

interface Telling {
  readonly what: string;
  readonly before: readonly Readonly<Record<string, unknown>>[];
  readonly after: readonly Readonly<Record<string, unknown>>[];
  readonly asOf?: string;
  readonly list: 'added' | 'moved' | 'changed' | 'restated' | 'cancelled';
  readonly kind?: 'visits' | 'escalations';
  readonly key: string;
  readonly rule: string;
  readonly cause: object;
}

const TELLING: readonly Telling[] = [
  {
    what: 'a late baseline exam moves the first interval visit',
    before: [],
    after: [exam('x1', '2026-10-20', '2')],
    asOf: '2026-10-25',
    list: 'moved',
    key: 'a1.interval-1',
    rule: 'minimum-gap',
    cause: { kind: 'event', event: 'x1', type: 'imaging', date: '2026-10-20' },
  },
  {
    what: 'a worse category moves the first interval visit',
    before: [],
    after: [exam('x1', '2026-04-15', '3')],
    list: 'moved',
    key: 'a1.interval-1',
    rule: 'first-interval',
    cause: { kind: 'event', event: 'x1', type: 'imaging', date: '2026-04-15' },
  },
  {
    what: 'a decline closes the visit',
    before: [x1],
    after: [x1, event('d1', 'decline', '2026-12-20', { visit: 'a1.interval-1' })],
    asOf: '2027-01-01',
    list: 'changed',
    key: 'a1.interval-1',
    rule: 'first-interval',
    cause: { kind: 'event', event: 'd1', type: 'decline', date: '2026-12-20' },
  },
  {
    what: 'a decline moves the next visit',
    before: [x1],
    after: [x1, event('d1', 'decline', '2026-12-20', { visit: 'a1.interval-1' })],
    asOf: '2027-01-01',
    list: 'moved',
    key: 'a1.interval-2',
    rule: 'reoffer',
    cause: { kind: 'event', event: 'd1', type: 'decline', date: '2026-12-20' },
  },
  {
    what: 'a deferral moves the deadline',
    before: [x1],
    after: [
      x1,
      event('d1', 'deferral', '2026-12-20', { visit: 'a1.interval-1', until: '2027-03-20' }),
    ],
    asOf: '2027-01-01',
    list: 'moved',
    key: 'a1.interval-1',
    rule: 'first-interval',
    cause: { kind: 'event', event: 'd1', type: 'deferral', date: '2026-12-20' },
  },
  {
    what: 'a booking changes the visit and moves nothing',
    before: [x1],
    after: [
      x1,
      event('b1', 'booking', '2026-12-20', { visit: 'a1.interval-1', appointment: '2027-01-20' }),
    ],
    asOf: '2027-01-01',
    list: 'changed',
    key: 'a1.interval-1',
    rule: 'first-interval',
    cause: { kind: 'event', event: 'b1', type: 'booking', date: '2026-12-20' },
  },
  {
    what: 'a correction brings back what its event changed',
    before: [exam('x1', '2026-04-20', '3')],
    after: [exam('x1', '2026-04-20', '3'), event('c1', 'correction', '2026-05-01', { of: 'x1' })],
    list: 'moved',
    key: 'a1.interval-1',
    rule: 'first-interval',
    cause: { kind: 'event-removed', event: 'x1', type: 'imaging', date: '2026-04-20' },
  },
  {
    what: 'a suspicious exam raises an escalation',
    before: [],
    after: [exam('x1', '2026-04-20', '4B')],
    list: 'added',
    kind: 'escalations',
    key: 'esc.x1',
    rule: 'escalation-by-category',
    cause: { kind: 'event', event: 'x1', type: 'imaging', date: '2026-04-20' },
  },
  {
    what: 'a suspicious exam cancels the forecast',
    before: [],
    after: [exam('x1', '2026-04-20', '4B')],
    list: 'cancelled',
    key: 'a1.interval-1',
    rule: 'first-interval',
    cause: { kind: 'event', event: 'x1', type: 'imaging', date: '2026-04-20' },
  },
  {
    what: 'a benign biopsy answers the escalation',
    before: [exam('x1', '2026-04-20', '4B')],
    after: [
      exam('x1', '2026-04-20', '4B'),
      event('p1', 'pathology', '2026-05-02', { result: 'benign-concordant' }),
    ],
    list: 'changed',
    kind: 'escalations',
    key: 'esc.x1',
    rule: 'escalation-by-category',
    cause: { kind: 'event', event: 'p1', type: 'pathology', date: '2026-05-02' },
  },
  {
    what: 'surveillance resumes from the biopsy',
    before: [exam('x1', '2026-04-20', '4B')],
    after: [
      exam('x1', '2026-04-20', '4B'),
      event('p1', 'pathology', '2026-05-02', { result: 'benign-concordant' }),
    ],
    list: 'added',
    key: 'a1.interval-1',
    rule: 'resumed',
    cause: { kind: 'event', event: 'p1', type: 'pathology', date: '2026-05-02' },
  },
  {
    what: 'surgery cancels what is open',
    before: [x1],
    after: [x1, event('s1', 'surgery', '2026-05-20')],
    list: 'cancelled',
    key: 'a1.interval-1',
    rule: 'first-interval',
    cause: { kind: 'event', event: 's1', type: 'surgery', date: '2026-05-20' },
  },
];

describe('each change names its rule and the event that did it', () => {
  it.each(TELLING)('$what', (telling) => {
    const { before, after, asOf = '2026-06-01', list, kind = 'visits', key } = telling;
    const diff = diffPlans(planOf(caseOf(before), asOf), planOf(caseOf(after), asOf));
    const change = diff[kind][list].find((each) => each.key === key);
    expect(change).toMatchObject({ key, rule: telling.rule, cause: telling.cause });
  });

  it('the day, where only the status moved on with it, although an event came too', () => {
    const us = exam('u1', '2026-05-02', '2', { modality: 'US' });
    const before = planOf(caseOf(), '2026-04-01');
    const after = planOf(caseOf([us]), '2026-06-01');
    const change = diffPlans(before, after).visits.changed.find(({ key }) => key === 'a1.baseline');
    expect(change).toMatchObject({
      before: { status: 'not-yet-due' },
      after: { status: 'overdue' },
      cause: { kind: 'as-of', from: '2026-04-01', to: '2026-06-01' },
    });
  });

  it('the protocol', () => {
    const other = findProtocol('staged-from-previous-exam');
    if (!other.ok) throw new Error('no such protocol');
    const diff = diffPlans(
      planOf(caseOf([x1]), '2026-06-01'),
      planOf(caseOf([x1]), '2026-06-01', other.value),
    );
    expect(diff.visits.moved.find(({ key }) => key === 'a1.interval-1')).toMatchObject({
      rule: 'interval',
      cause: { kind: 'protocol', to: 'staged-from-previous-exam 1.0.0' },
    });
  });

  it('other facts of the case', () => {
    const diff = diffPlans(
      planOf(caseOf(), '2026-06-01'),
      planOf(caseOf([], { tumor: { grade: 3 } }), '2026-06-01'),
    );
    expect(diff.causes).toEqual([{ kind: 'facts' }]);
    expect(diff.visits.moved.map(({ key }) => key)).toContain('a1.interval-1');
    expect(diff.header).toMatchObject({ tier: 'high', tierFactors: ['grade-3'] });
  });

  const deferred = (until: string) =>
    caseOf([event('d1', 'deferral', '2026-05-01', { visit: 'a1.baseline', until })]);

  it.each([
    ['a fact of the tumor', caseOf(), caseOf([], { tumor: { grade: 3 } })],
    ['the date of the ablation', caseOf(), caseOf([], { ablation: { date: '2026-01-16' } })],
    ['the category of an exam', caseOf([x1]), caseOf([exam('x1', '2026-04-20', '3')])],
    [
      'the date of an exam',
      caseOf([exam('x1', '2026-10-20', '2')]),
      caseOf([exam('x1', '2026-10-29', '2')]),
    ],
    ['the end of a deferral', deferred('2026-07-01'), deferred('2026-07-09')],
  ])('%s that was edited, never the day: dates do not depend on it', (_what, old, now) => {
    const diff = diffPlans(planOf(old, '2027-01-01'), planOf(now, '2027-01-02'));
    expect(diff.causes).toContainEqual({ kind: 'facts' });
    expect(diff.visits.moved.length).toBeGreaterThan(0);
    for (const { cause } of diff.visits.moved) expect(cause).toEqual({ kind: 'facts' });
  });
});
