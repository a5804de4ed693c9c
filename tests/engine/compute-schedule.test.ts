import { describe, expect, it } from 'vitest';
import { parseDay } from '../../src/domain/civil-date.ts';
import {
  codeAndEvent,
  event,
  exam,
  lanesOnly,
  pathology,
  planOf,
  protocolWith,
  scheduleOf,
} from './case-builder.ts';

describe('the phase is the first that holds', () => {
  const five = exam('x', '2026-05-20', 'US', '5');
  const closure = event('c', 'closure', '2026-05-10', { reason: 'withdrew' });
  const suspension = event('s', 'suspension', '2026-05-02');

  it.each([
    ['escalated, though ended and suspended', [suspension, closure, five], 'escalated'],
    ['ended, though suspended', [suspension, closure], 'ended'],
    ['suspended, though the baseline is open', [suspension], 'suspended'],
    ['awaiting-baseline', [], 'awaiting-baseline'],
    ['interval', [exam('b', '2026-04-15', 'MRI', '2')], 'interval'],
    ['routine, where no staged visit is open', [exam('b', '2030-09-15', 'MRI', '2')], 'routine'],
  ])('%s', (_what, events, phase) => {
    expect(planOf({ events, asOf: phase === 'routine' ? '2030-09-20' : '2026-05-21' }).phase).toBe(
      phase,
    );
  });

  it('a question that holds nothing does not escalate', () => {
    expect(planOf({ events: [exam('x', '2026-05-20', 'US', '0')], asOf: '2026-05-21' }).phase).toBe(
      'awaiting-baseline',
    );
  });

  it('an answered hold does not escalate', () => {
    const events = [five, pathology('p', '2026-05-25', 'benign-concordant')];
    expect(planOf({ events, asOf: '2026-05-26' }).phase).toBe('awaiting-baseline');
  });

  it('a schedule of lanes only is routine from the start', () => {
    expect(planOf({ protocol: lanesOnly() }).phase).toBe('routine');
  });
});

describe('the schedule', () => {
  it('names its as-of date, its ablation and its category', () => {
    expect(scheduleOf({ asOf: '2026-02-02' })).toMatchObject({
      asOf: parseDay('2026-02-02'),
      course: 1,
      ablation: { kind: 'ablation', eventId: null, day: parseDay('2026-01-15') },
      category: '2',
      categoryAssumed: true,
      categoryFrom: null,
      suspendedUntil: null,
      endedBy: null,
    });
  });

  it('assumes the category of the episode, else the protocol’s', () => {
    expect(planOf({ episode: { assumedBiRads: '1' } }).category).toBe('1');
    expect(planOf({ protocol: protocolWith({ assumedCategory: '3' }) }).category).toBe('3');
  });

  it('is the same twice, from the same history', () => {
    const options = { events: [exam('x', '2026-05-20', 'US', '5')], asOf: '2026-05-21' };
    expect(scheduleOf(options)).toEqual(scheduleOf(options));
  });

  it('lists exams and escalations of all courses, visits of the current one', () => {
    const events = [
      exam('b', '2026-04-15', 'MRI', '5'),
      event('a2', 'ablation', '2026-05-15'),
      exam('c', '2026-08-15', 'MRI', '4A'),
    ];
    const plan = planOf({ events, asOf: '2026-08-16' });
    expect(plan.exams).toEqual(['b counts a1.baseline', 'c counts a2.baseline']);
    expect(plan.escalations).toEqual(['esc.b biopsy resolved by a2', 'esc.c biopsy open']);
    expect(plan.staged).toEqual(['a2.baseline completed 2026-08-15 2026-08-15 2026-09-15']);
    expect(plan.lanes.every((line) => line.startsWith('a2.'))).toBe(true);
  });
});

describe('when no visit is left', () => {
  const protocol = protocolWith({ horizonMonths: 6, lanes: [] });
  const last = exam('b', '2026-04-15', 'MRI', '1');
  const codes = (events: Parameters<typeof planOf>[0]['events'], used = protocol) =>
    scheduleOf({ protocol: used, asOf: '2026-04-30', ...(events ? { events } : {}) }).warnings.map(
      codeAndEvent,
    );

  it('the plan warns that someone must close or decide', () => {
    expect(codes([last])).toEqual(['no-visit-left']);
    expect(scheduleOf({ protocol, asOf: '2026-04-30', events: [last] }).warnings[0]?.message).toBe(
      'No visit is left and nothing has ended the surveillance: close the episode, or decide how it goes on.',
    );
  });

  it.each([
    ['a visit is open', []],
    ['it was ended', [last, event('s', 'surgery', '2026-04-20')]],
    ['a hold is open', [last, exam('us', '2026-04-20', 'US', '5')]],
  ])('not while %s', (_what, events) => {
    expect(codes(events)).toEqual([]);
  });

  it('not while a visit is only suspended', () => {
    const events = [event('s', 'suspension', '2026-04-20')];
    expect(codes(events)).toEqual([]);
  });

  it('not while a lane visit is open, but once all are filled, declined or missed', () => {
    const lane = {
      id: 'l',
      offsetsMonths: [2, 3, 4],
      windowMonths: { before: 0, after: 0 },
      acceptEarlyMonths: 1,
      modalities: ['MG'],
    };
    const lanes = lanesOnly({ lanes: [lane] });
    const filled = exam('m', '2026-04-20', 'MG', '1');
    expect(codes([filled], lanes)).toEqual(['no-visit-left']);
    expect(codes([exam('m', '2026-04-20', 'MG')], lanes)).toEqual(['no-visit-left']);
    expect(codes([exam('m', '2026-03-10', 'MG', '1')], lanes)).toEqual([]);
    const declines = [2, 3, 4].map((months) =>
      event(`d${months}`, 'decline', '2026-04-20', { visit: `a1.l-${months}` }),
    );
    expect(codes(declines, lanes)).toEqual(['no-visit-left']);
    expect(codes(declines.slice(1), lanes)).toEqual([]);
  });

  it('also when the last exam counted as limited, or was declined', () => {
    const pregnancy = event('k', 'constraint', '2026-02-01', {
      kind: 'pregnancy',
      from: '2026-02-01',
    });
    const short = protocolWith({ horizonMonths: 4, lanes: [] });
    expect(codes([pregnancy, exam('u', '2026-04-20', 'US', '2')], short)).toEqual([
      'no-visit-left',
    ]);
    expect(codes([event('d', 'decline', '2026-04-20', { visit: 'a1.baseline' })], short)).toEqual([
      'no-visit-left',
    ]);
  });
});
