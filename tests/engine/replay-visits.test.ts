import { describe, expect, it } from 'vitest';
import { event, exam, planOf, scheduleOf, visitOf } from './case-builder.ts';

describe('a decline', () => {
  const decline = (visit: string, date = '2026-05-01', id = 'd') =>
    event(id, 'decline', date, { visit });

  it('closes the open visit and opens the next', () => {
    const plan = planOf({ events: [decline('a1.baseline')], asOf: '2026-05-02' });
    expect(plan.staged.slice(0, 2)).toEqual([
      'a1.baseline declined 2026-04-15 2026-04-15 2026-05-15',
      'a1.interval-1 not-yet-due 2026-10-15 2026-10-15 2026-11-15',
    ]);
    expect(
      visitOf(scheduleOf({ events: [decline('a1.baseline')], asOf: '2026-05-02' }), 'a1.baseline')
        .causedBy,
    ).toBe('d');
    expect(plan.phase).toBe('interval');
  });

  it.each([
    ['a forecast visit', 'a1.interval-1'],
    ['a visit that there is not', 'a1.interval-77'],
    ['a lane visit that there is not', 'a1.routine-73'],
    ['a visit of another course', 'a2.baseline'],
  ])('of %s changes nothing, with a warning', (_what, visit) => {
    const plan = planOf({ events: [decline(visit)], asOf: '2026-05-02' });
    expect(plan.warnings).toEqual(['decline-without-effect d']);
    expect(plan.staged[0]).toContain('a1.baseline due');
  });

  it('of the day of the exam comes after it: the exam has filled the visit', () => {
    const events = [exam('x', '2026-05-01', 'MRI', '2'), decline('a1.baseline')];
    const plan = planOf({ events, asOf: '2026-05-02' });
    expect(plan.staged[0]).toContain('a1.baseline completed');
    expect(plan.warnings).toEqual(['decline-without-effect d']);
  });

  it('of the day of a deferral: by id, and the declined visit keeps the deferral that came first', () => {
    const deferral = event('c', 'deferral', '2026-05-01', {
      visit: 'a1.baseline',
      until: '2026-06-30',
    });
    const plan = planOf({ events: [decline('a1.baseline'), deferral], asOf: '2026-05-02' });
    expect(plan.staged[0]).toBe('a1.baseline declined 2026-04-15 2026-04-15 2026-06-30');
    const late = planOf({
      events: [decline('a1.baseline', '2026-05-01', 'b'), deferral],
      asOf: '2026-05-02',
    });
    expect(late.staged[0]).toBe('a1.baseline declined 2026-04-15 2026-04-15 2026-05-15');
    expect(late.warnings).toEqual(['deferral-without-effect c']);
  });

  it('twice of one visit: the second finds it closed', () => {
    const events = [decline('a1.baseline'), decline('a1.baseline', '2026-05-03', 'e')];
    const plan = planOf({ events, asOf: '2026-05-04' });
    expect(plan.warnings).toEqual(['decline-without-effect e']);
    expect(plan.staged[1]).toContain('a1.interval-1 not-yet-due');
  });

  it('after the end changes nothing, with a warning', () => {
    const events = [
      event('c', 'closure', '2026-04-20', { reason: 'withdrew' }),
      decline('a1.baseline'),
    ];
    const plan = planOf({ events, asOf: '2026-05-02' });
    expect(plan.staged).toEqual([]);
    expect(plan.warnings).toEqual(['decline-without-effect d']);
  });

  it('while suspended closes the visit all the same', () => {
    const events = [event('s', 'suspension', '2026-04-20'), decline('a1.baseline')];
    const plan = planOf({ events, asOf: '2026-05-02' });
    expect(plan.staged.slice(0, 2)).toEqual([
      'a1.baseline declined 2026-04-15 2026-04-15 2026-05-15',
      'a1.interval-1 on-hold 2026-10-15 2026-10-15 2026-11-15',
    ]);
  });
});

describe('a booking', () => {
  const booking = (id: string, date: string, appointment: string) =>
    event(id, 'booking', date, { visit: 'a1.baseline', appointment });

  it('decides nothing about the schedule', () => {
    const events = [booking('k', '2026-03-01', '2026-04-20')];
    expect(planOf({ events, asOf: '2026-03-02' })).toEqual(planOf({ asOf: '2026-03-02' }));
  });

  it('the latest of a visit is kept', () => {
    const events = [
      booking('k', '2026-03-05', '2026-04-20'),
      booking('l', '2026-03-01', '2026-04-16'),
    ];
    const { bookings } = scheduleOf({ events, asOf: '2026-03-06' });
    expect([...bookings].map(([visit, { id }]) => [visit, id])).toEqual([['a1.baseline', 'k']]);
  });
});

it('a deferral of a lane visit that was filled moves its deadline, and is told', () => {
  const events = [
    exam('m', '2032-01-15', 'MG', '1'),
    event('f', 'deferral', '2032-01-20', { visit: 'a1.routine-72', until: '2032-04-01' }),
  ];
  const plan = planOf({ events, asOf: '2032-01-21' });
  expect(plan.lanes[0]).toBe('a1.routine-72 completed 2031-12-15 2032-01-15 2032-04-01');
  expect(plan.warnings).toEqual(['deferral-of-settled-visit f']);
});
