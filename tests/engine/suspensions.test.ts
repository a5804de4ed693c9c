import { describe, expect, it } from 'vitest';
import { addDays, type Day, parseDay } from '../../src/domain/civil-date.ts';
import { suspensionInForce, suspensionOn } from '../../src/engine/suspensions.ts';
import { DEFAULT_PROTOCOL, event, planOf, protocolWith, scheduleOf } from './case-builder.ts';

const start = parseDay('2026-03-01') as Day;

describe('how long a suspension holds', () => {
  it('holds the usual days when it does not say until when', () => {
    const inForce = suspensionInForce(
      { type: 'suspension', id: 's', date: start },
      DEFAULT_PROTOCOL,
    );
    expect(inForce).toEqual({ eventId: 's', until: addDays(start, 90), cut: false });
  });

  it.each([
    [180, 180, false],
    [181, 180, true],
    [30, 30, false],
    [0, 0, false],
  ])('wished for %i days, it holds %i (cut: %s)', (wished, days, cut) => {
    const until = addDays(start, wished);
    expect(
      suspensionInForce({ type: 'suspension', id: 's', date: start, until }, DEFAULT_PROTOCOL),
    ).toEqual({ eventId: 's', until: addDays(start, days), cut });
  });
});

describe('the suspension in force on a day', () => {
  const suspensions = [
    { eventId: 'short', until: addDays(start, 10), cut: false },
    { eventId: 'long', until: addDays(start, 30), cut: false },
    { eventId: 'middle', until: addDays(start, 20), cut: false },
    { eventId: 'equal', until: addDays(start, 30), cut: false },
  ];

  it('is the one that holds longest', () => {
    expect(suspensionOn(start, suspensions)?.eventId).toBe('long');
  });

  it('holds on its last day and not on the day after', () => {
    expect(suspensionOn(addDays(start, 30), suspensions)?.until).toBe(addDays(start, 30));
    expect(suspensionOn(addDays(start, 31), suspensions)).toBeUndefined();
  });
});

describe('a suspended episode', () => {
  const suspension = event('s', 'suspension', '2026-04-20', { until: '2026-05-31' });

  it('holds the open visit, the forecast and the lanes, until its last day', () => {
    const plan = planOf({ asOf: '2026-05-31', events: [suspension] });
    expect(plan.phase).toBe('suspended');
    expect(new Set([...plan.staged, ...plan.lanes].map((line) => line.split(' ')[1]))).toEqual(
      new Set(['on-hold']),
    );
    expect(scheduleOf({ asOf: '2026-05-31', events: [suspension] }).suspendedUntil).toBe(
      parseDay('2026-05-31'),
    );
  });

  it('is over the day after, and the visit is then overdue with the dates that it had', () => {
    const plan = planOf({ asOf: '2026-06-01', events: [suspension] });
    expect(plan.phase).toBe('awaiting-baseline');
    expect(plan.staged[0]).toBe('a1.baseline overdue 2026-04-15 2026-04-15 2026-05-15');
    expect(scheduleOf({ asOf: '2026-06-01', events: [suspension] }).suspendedUntil).toBeNull();
  });

  it('a longest suspension of the protocol cuts it, with a warning that says where', () => {
    const protocol = protocolWith({ suspensionDays: 5, suspensionMaxDays: 10 });
    const events = [event('s', 'suspension', '2026-04-20', { until: '2026-05-31' })];
    expect(planOf({ asOf: '2026-04-30', events, protocol }).phase).toBe('suspended');
    const after = scheduleOf({ asOf: '2026-05-01', events, protocol });
    expect(after.phase).toBe('awaiting-baseline');
    expect(after.warnings).toEqual([
      {
        code: 'suspension-cut',
        event: 's',
        message: 'Suspension s is cut at 2026-04-30, 10 days after it began.',
      },
    ]);
  });

  it('a resumption ends every earlier suspension, not a later one of the same day', () => {
    const events = [
      event('s1', 'suspension', '2026-04-20'),
      event('s2', 'suspension', '2026-04-25'),
      event('r', 'resumption', '2026-05-01'),
    ];
    expect(planOf({ asOf: '2026-05-01', events }).phase).toBe('awaiting-baseline');
    const later = [...events, event('s3', 'suspension', '2026-05-01')];
    expect(planOf({ asOf: '2026-05-01', events: later }).phase).toBe('suspended');
  });

  it('a resumption without a suspension is said to change nothing', () => {
    const events = [event('r', 'resumption', '2026-05-01')];
    expect(planOf({ asOf: '2026-05-01', events }).warnings).toEqual([
      'resumption-without-effect r',
    ]);
    expect(scheduleOf({ asOf: '2026-05-01', events }).warnings[0]?.message).toBe(
      'Resumption r changes nothing: surveillance was not suspended on that day.',
    );
    const late = [suspension, event('r', 'resumption', '2026-06-01')];
    expect(planOf({ asOf: '2026-06-01', events: late }).warnings).toEqual([
      'resumption-without-effect r',
    ]);
    const lastDay = [suspension, event('r', 'resumption', '2026-05-31')];
    expect(planOf({ asOf: '2026-06-01', events: lastDay }).warnings).toEqual([]);
  });

  it('goes on over a repeat ablation', () => {
    const events = [suspension, event('a2', 'ablation', '2026-05-01')];
    expect(planOf({ asOf: '2026-05-31', events }).phase).toBe('suspended');
    expect(planOf({ asOf: '2026-06-01', events }).phase).toBe('awaiting-baseline');
  });

  it('does not hide an end, nor a biopsy', () => {
    const ended = [suspension, event('c', 'closure', '2026-05-01', { reason: 'withdrew' })];
    expect(planOf({ asOf: '2026-05-02', events: ended }).phase).toBe('ended');
  });
});

describe('a suspension that holds on no day', () => {
  const until = (day: string) => event('s', 'suspension', '2026-04-20', { until: day });

  it('is told with the day on which it ends', () => {
    const { warnings, suspendedUntil } = scheduleOf({
      asOf: '2026-04-20',
      events: [until('2026-04-19')],
    });
    expect(suspendedUntil).toBeNull();
    expect(warnings.map(({ code, event: id }) => [code, id])).toEqual([
      ['suspension-without-effect', 's'],
    ]);
    expect(warnings[0]?.message).toContain('changes nothing: it ends on 2026-04-19');
  });

  it('one of a single day does hold', () => {
    const plan = planOf({ asOf: '2026-04-20', events: [until('2026-04-20')] });
    expect([plan.phase, plan.warnings]).toEqual(['suspended', []]);
  });
});

describe('a suspension that another one makes needless', () => {
  const suspension = (id: string, until: string) =>
    event(id, 'suspension', '2026-04-20', { until });

  it.each([
    ['2026-05-31', true],
    ['2026-05-30', true],
    ['2026-06-01', false],
  ])('beside one until 31 May, one until %s is told: %s', (until, told) => {
    const events = [suspension('s1', '2026-05-31'), suspension('s2', until)];
    const { warnings } = scheduleOf({ events, asOf: '2026-04-20' });
    expect(warnings.map(({ event: id }) => id)).toEqual(told ? ['s2'] : []);
    if (told) expect(warnings[0]?.message).toContain('s1 suspends surveillance until 2026-05-31');
  });
});
