import { describe, expect, it } from 'vitest';
import {
  event,
  exam,
  lanesOnly,
  planOf,
  protocolWith,
  scheduleOf,
  visitOf,
} from './case-builder.ts';

const FAR = '2040-01-01';

function lanes(
  events: Parameters<typeof planOf>[0]['events'],
  more: Parameters<typeof planOf>[0] = {},
) {
  return planOf({ asOf: FAR, ...more, ...(events ? { events } : {}) }).lanes.map((line) =>
    line.split(' ').slice(0, 2).join(' '),
  );
}

const UNTOUCHED = [72, 84, 96, 108, 120].map((months) => `a1.routine-${months} overdue`);

describe('lane visits', () => {
  it('lie at fixed months from the ablation, each with its window', () => {
    expect(planOf({}).lanes).toEqual([
      'a1.routine-72 not-yet-due 2031-12-15 2032-01-15 2032-02-15',
      'a1.routine-84 not-yet-due 2032-12-15 2033-01-15 2033-02-15',
      'a1.routine-96 not-yet-due 2033-12-15 2034-01-15 2034-02-15',
      'a1.routine-108 not-yet-due 2034-12-15 2035-01-15 2035-02-15',
      'a1.routine-120 not-yet-due 2035-12-15 2036-01-15 2036-02-15',
    ]);
  });

  it('count from the current ablation, under new keys', () => {
    const plan = planOf({ events: [event('a2', 'ablation', '2026-05-31')], asOf: '2026-06-01' });
    expect(plan.lanes[0]).toBe('a2.routine-72 not-yet-due 2032-04-30 2032-05-31 2032-06-30');
    expect(plan.lanes).toHaveLength(5);
  });

  it('clamp each date from the ablation, in one step', () => {
    const episode = { ablation: { date: '2026-12-31' } };
    expect(planOf({ episode }).lanes[0]).toBe(
      'a1.routine-72 not-yet-due 2032-11-30 2032-12-31 2033-01-31',
    );
  });
});

describe('an exam in a lane', () => {
  it.each([
    ['on the first day that the visit accepts', '2031-11-15', true],
    ['the day before that', '2031-11-14', false],
  ])('%s fills it: %s', (_what, date, fills) => {
    expect(lanes([exam('m', date, 'MG', '1')])[0]).toBe(
      `a1.routine-72 ${fills ? 'completed' : 'overdue'}`,
    );
  });

  it.each(['MG', 'DBT', 'CEM'])('%s fills', (modality) => {
    expect(lanes([exam('m', '2032-01-15', modality, '1')])[0]).toBe('a1.routine-72 completed');
  });

  it.each([
    ['a modality of no lane', exam('m', '2032-01-15', 'US', '1')],
    ['a 0', exam('m', '2032-01-15', 'MG', '0')],
    ['a non-diagnostic exam', exam('m', '2032-01-15', 'MG', '1', { quality: 'non-diagnostic' })],
    ['the other breast', exam('m', '2032-01-15', 'MG', '1', { laterality: 'right' })],
  ])('%s does not fill', (_what, event) => {
    expect(lanes([event])).toEqual(UNTOUCHED);
  });

  it('of any category but 0 fills, without one it awaits its report', () => {
    expect(lanes([exam('m', '2032-01-15', 'MG', '5')])[0]).toBe('a1.routine-72 completed');
    expect(lanes([exam('m', '2032-01-15', 'MG')])[0]).toBe('a1.routine-72 awaiting-report');
  });

  it('fills the last visit that accepts it; the earlier ones are missed', () => {
    expect(lanes([exam('m', '2034-01-15', 'MG', '1')])).toEqual([
      'a1.routine-72 missed',
      'a1.routine-84 missed',
      'a1.routine-96 completed',
      'a1.routine-108 overdue',
      'a1.routine-120 overdue',
    ]);
  });

  it('fills nothing where that visit is filled, also not an earlier one', () => {
    const events = [exam('m', '2034-01-15', 'MG', '1'), exam('n', '2034-02-15', 'MG', '2')];
    expect(lanes(events).slice(0, 3)).toEqual([
      'a1.routine-72 missed',
      'a1.routine-84 missed',
      'a1.routine-96 completed',
    ]);
    expect(scheduleOf({ asOf: FAR, events }).exams.map((each) => each.lanes)).toEqual([
      ['a1.routine-96'],
      [],
    ]);
  });

  it('leaves a filled one filled when a later one is filled', () => {
    const events = [exam('m', '2032-01-15', 'MG', '1'), exam('n', '2034-01-15', 'MG')];
    expect(lanes(events).slice(0, 3)).toEqual([
      'a1.routine-72 completed',
      'a1.routine-84 missed',
      'a1.routine-96 awaiting-report',
    ]);
  });

  it('fills a visit of each lane that has its modality', () => {
    const lane = {
      offsetsMonths: [12, 24],
      windowMonths: { before: 1, after: 2 },
      acceptEarlyMonths: 3,
    };
    const protocol = lanesOnly({
      lanes: [
        { ...lane, id: 'breast', modalities: ['MG', 'US'] },
        { ...lane, id: 'axilla', modalities: ['US'], offsetsMonths: [9, 18] },
      ],
    });
    const events = [exam('u', '2027-01-15', 'US', '2')];
    expect(planOf({ asOf: '2027-03-16', events, protocol }).lanes).toEqual([
      'a1.breast-12 completed 2026-12-15 2027-01-15 2027-03-15',
      'a1.breast-24 not-yet-due 2027-12-15 2028-01-15 2028-03-15',
      'a1.axilla-9 completed 2026-09-15 2026-10-15 2026-12-15',
      'a1.axilla-18 not-yet-due 2027-06-15 2027-07-15 2027-09-15',
    ]);
    expect(lanes([exam('m', '2027-01-15', 'MG', '2')], { protocol, asOf: '2027-03-16' })).toEqual([
      'a1.breast-12 completed',
      'a1.breast-24 not-yet-due',
      'a1.axilla-9 overdue',
      'a1.axilla-18 not-yet-due',
    ]);
  });

  it('leaves the visits of another lane as they are, none of them is missed for it', () => {
    const lane = {
      offsetsMonths: [6, 12],
      windowMonths: { before: 1, after: 1 },
      acceptEarlyMonths: 2,
    };
    const protocol = lanesOnly({
      lanes: [
        { ...lane, id: 'breast', modalities: ['MG'] },
        { ...lane, id: 'axilla', modalities: ['US'] },
      ],
    });
    expect(lanes([exam('u', '2027-01-15', 'US', '2')], { protocol, asOf: '2027-03-16' })).toEqual([
      'a1.breast-6 overdue',
      'a1.breast-12 overdue',
      'a1.axilla-6 missed',
      'a1.axilla-12 completed',
    ]);
  });

  it('that fills a staged visit fills the lane too', () => {
    const protocol = protocolWith({
      lanes: [
        {
          id: 'early',
          offsetsMonths: [3],
          windowMonths: { before: 0, after: 0 },
          acceptEarlyMonths: 0,
          modalities: ['CEM'],
        },
      ],
    });
    const events = [exam('x', '2026-04-15', 'CEM', '2')];
    const schedule = scheduleOf({ asOf: '2026-04-16', events, protocol });
    expect(schedule.exams).toMatchObject([{ visit: 'a1.baseline', lanes: ['a1.early-3'] }]);
  });

  it('that is too early for the baseline, or interim, fills a lane all the same', () => {
    const protocol = protocolWith({
      lanes: [
        {
          id: 'early',
          offsetsMonths: [1, 6],
          windowMonths: { before: 0, after: 0 },
          acceptEarlyMonths: 0,
          modalities: ['CEM'],
        },
      ],
    });
    const events = [
      exam('x', '2026-02-20', 'CEM', '2'),
      exam('b', '2026-04-15', 'MRI', '2'),
      exam('y', '2026-07-20', 'CEM', '2'),
    ];
    const plan = planOf({ asOf: '2026-08-01', events, protocol });
    expect(plan.exams).toEqual(['x too-early', 'b counts a1.baseline', 'y interim']);
    expect(plan.lanes.map((line) => line.split(' ')[1])).toEqual(['completed', 'completed']);
  });

  it('of a fallback modality fills none, though nothing else is possible', () => {
    const constraint = event('k', 'constraint', '2026-01-20', {
      kind: 'pregnancy',
      from: '2026-01-20',
    });
    const lane = {
      id: 'early',
      offsetsMonths: [6],
      windowMonths: { before: 0, after: 0 },
      acceptEarlyMonths: 0,
      modalities: ['MG'],
    };
    const protocol = protocolWith({ lanes: [lane] });
    const events = [constraint, exam('u', '2026-07-20', 'US', '2')];
    const plan = planOf({ asOf: '2026-07-21', events, protocol });
    expect(plan.lanes).toEqual(['a1.early-6 overdue 2026-07-15 2026-07-15 2026-07-15']);
    expect(plan.exams).toEqual(['u counts a1.baseline']);
  });

  it('of a course that is over fills nothing of the next', () => {
    const events = [exam('m', '2032-01-15', 'MG', '1'), event('a2', 'ablation', '2032-02-01')];
    expect(lanes(events, { asOf: '2032-03-01' })[0]).toBe('a2.routine-72 not-yet-due');
  });
});

describe('declining and deferring a lane visit', () => {
  const decline = event('d', 'decline', '2026-06-01', { visit: 'a1.routine-72' });

  it('works years before it is due', () => {
    expect(lanes([decline])[0]).toBe('a1.routine-72 declined');
    const deferral = event('d', 'deferral', '2026-06-01', {
      visit: 'a1.routine-72',
      until: '2032-06-01',
    });
    expect(planOf({ events: [deferral], asOf: '2032-06-01' }).lanes[0]).toBe(
      'a1.routine-72 due 2031-12-15 2032-01-15 2032-06-01',
    );
  });

  it('is cut at the protocol’s months past the window, counted from the ablation', () => {
    const deferral = event('d', 'deferral', '2032-01-20', {
      visit: 'a1.routine-72',
      until: '2033-01-01',
    });
    const plan = planOf({ events: [deferral], asOf: '2032-08-16' });
    expect(plan.lanes[0]).toBe('a1.routine-72 overdue 2031-12-15 2032-01-15 2032-08-15');
    expect(plan.warnings).toEqual(['deferral-cut d']);
  });

  it('a declined visit is filled by an exam all the same', () => {
    expect(lanes([decline, exam('m', '2032-01-15', 'MG', '1')])[0]).toBe('a1.routine-72 completed');
  });

  it('a declined visit stays declined where the next one is filled', () => {
    expect(lanes([decline, exam('m', '2033-01-15', 'MG', '1')]).slice(0, 2)).toEqual([
      'a1.routine-72 declined',
      'a1.routine-84 completed',
    ]);
  });

  it('declining one that was filled changes nothing, with a warning', () => {
    const late = event('d', 'decline', '2032-03-01', { visit: 'a1.routine-72' });
    const plan = planOf({ asOf: FAR, events: [exam('m', '2032-01-15', 'MG', '1'), late] });
    expect(plan.lanes[0]).toContain('a1.routine-72 completed');
    expect(plan.warnings).toEqual(['decline-without-effect d']);
  });

  it('a missed one may still be declined', () => {
    const late = event('d', 'decline', '2034-03-01', { visit: 'a1.routine-72' });
    const plan = planOf({ asOf: FAR, events: [exam('m', '2034-01-15', 'MG', '1'), late] });
    expect(plan.lanes.slice(0, 2).map((line) => line.split(' ')[1])).toEqual([
      'declined',
      'missed',
    ]);
    expect(plan.warnings).toEqual([]);
  });

  it('after the end changes nothing, with a warning', () => {
    const closure = event('c', 'closure', '2026-05-01', { reason: 'withdrew' });
    const plan = planOf({ asOf: FAR, events: [closure, decline] });
    expect(plan.lanes).toEqual([]);
    expect(plan.warnings).toEqual(['decline-without-effect d']);
  });

  it('the first decline of a visit is the one that is kept', () => {
    const again = event('e', 'decline', '2026-07-01', { visit: 'a1.routine-72' });
    const schedule = scheduleOf({ asOf: FAR, events: [decline, again] });
    expect(visitOf(schedule, 'a1.routine-72').causedBy).toBe('d');
  });
});

describe('what lane visits show', () => {
  it('what can be done now while they are open, what could be done then once they are settled', () => {
    const constraint = event('k', 'constraint', '2026-01-20', {
      kind: 'pregnancy',
      from: '2033-06-01',
      to: '2033-07-01',
    });
    const events = [
      constraint,
      exam('m', '2033-01-15', 'MG', '1'),
      event('d', 'decline', '2033-01-20', { visit: 'a1.routine-96' }),
    ];
    const schedule = scheduleOf({ asOf: '2033-06-15', events });
    const shown = (key: string) => {
      const { modalities, fallbackOnly, status } = visitOf(schedule, key);
      return { modalities, fallbackOnly, status };
    };
    const own = { modalities: ['MG', 'DBT', 'CEM'], fallbackOnly: false };
    expect(shown('a1.routine-72')).toEqual({ ...own, status: 'missed' });
    expect(shown('a1.routine-84')).toEqual({ ...own, status: 'completed' });
    expect(shown('a1.routine-96')).toEqual({ ...own, status: 'declined' });
    expect(shown('a1.routine-108')).toEqual({ ...own, status: 'not-yet-due' });
    const declined = event('e', 'decline', '2032-01-20', { visit: 'a1.routine-72' });
    const past = scheduleOf({ asOf: '2033-06-15', events: [constraint, declined] });
    expect(visitOf(past, 'a1.routine-72')).toMatchObject({ ...own, status: 'declined' });
    const overdue = scheduleOf({ asOf: '2033-06-15', events: [constraint] });
    expect(visitOf(overdue, 'a1.routine-72')).toMatchObject({
      modalities: ['US'],
      fallbackOnly: true,
      status: 'overdue',
    });
  });

  it('their rule, their anchor and who caused their status', () => {
    const events = [event('a2', 'ablation', '2026-05-01'), exam('m', '2034-06-15', 'MG', '1')];
    const schedule = scheduleOf({ asOf: FAR, events });
    expect(visitOf(schedule, 'a2.routine-72')).toMatchObject({
      kind: 'lane',
      rule: 'lane',
      anchor: { kind: 'ablation', eventId: 'a2' },
      offsets: { earliest: 71, target: 72, latest: 73 },
      bandFrom: null,
      interval: null,
      deferral: null,
      pastHorizon: false,
      status: 'missed',
      causedBy: 'm',
    });
    expect(visitOf(schedule, 'a2.routine-96').causedBy).toBe('m');
    expect(visitOf(schedule, 'a2.routine-120').causedBy).toBe('a2');
    expect(visitOf(scheduleOf({}), 'a1.routine-72').causedBy).toBeNull();
  });

  it('a hold does not touch them', () => {
    const plan = planOf({ asOf: '2026-05-01', events: [exam('x', '2026-04-20', 'US', '5')] });
    expect(plan.phase).toBe('escalated');
    expect(plan.lanes[0]).toContain('a1.routine-72 not-yet-due');
  });
});
