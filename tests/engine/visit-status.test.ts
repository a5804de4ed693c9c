import { describe, expect, it } from 'vitest';
import { type Day, parseDay } from '../../src/domain/civil-date.ts';
import { statusInWindow } from '../../src/engine/visit-status.ts';
import {
  event,
  exam,
  pathology,
  planOf,
  protocolWith,
  scheduleOf,
  visitOf,
} from './case-builder.ts';

const baseline = exam('b', '2026-04-15', 'MRI', '2');

describe('where a day lies in a window', () => {
  const window = {
    earliest: parseDay('2026-04-15') as Day,
    target: parseDay('2026-04-20') as Day,
    latest: parseDay('2026-05-15') as Day,
  };

  it.each([
    ['2026-04-14', 'not-yet-due'],
    ['2026-04-15', 'due'],
    ['2026-05-15', 'due'],
    ['2026-05-16', 'overdue'],
  ])('%s: %s', (day, status) => {
    expect(statusInWindow(parseDay(day) as Day, window)).toBe(status);
  });
});

describe('the open visit', () => {
  it.each([
    ['2026-12-14', 'not-yet-due'],
    ['2026-12-15', 'due'],
    ['2027-02-15', 'due'],
    ['2027-02-16', 'overdue'],
    ['2099-01-01', 'overdue'],
  ])('as of %s is %s, and the forecast stays forecast', (asOf, status) => {
    const [, open, ...forecast] = planOf({ events: [baseline], asOf }).staged;
    expect(open).toBe(`a1.interval-1 ${status} 2026-12-15 2027-01-15 2027-02-15`);
    expect(forecast).toHaveLength(4);
    expect(forecast.every((line) => line.includes(' forecast '))).toBe(true);
  });

  it('is on hold while a biopsy or a referral is open, and nothing is forecast', () => {
    for (const biRads of ['5', '6']) {
      const plan = planOf({
        events: [baseline, exam('us', '2026-05-01', 'US', biRads)],
        asOf: '2027-01-01',
      });
      expect(plan.phase).toBe('escalated');
      expect(plan.staged.slice(1)).toEqual([
        'a1.interval-1 on-hold 2026-12-15 2027-01-15 2027-02-15',
      ]);
    }
  });

  it('is not held by other questions', () => {
    const plan = planOf({
      events: [baseline, exam('us', '2026-05-01', 'US', '0')],
      asOf: '2027-01-01',
    });
    expect(plan.phase).toBe('interval');
    expect(plan.staged[1]).toContain('a1.interval-1 due');
  });
});

describe('a deferral', () => {
  const deferral = (until: string, date = '2026-05-01', id = 'f') =>
    event(id, 'deferral', date, { visit: 'a1.interval-1', until });

  it('moves the deadline and neither target nor earliest', () => {
    const events = [baseline, deferral('2027-04-30')];
    expect(planOf({ events, asOf: '2027-04-30' }).staged[1]).toBe(
      'a1.interval-1 due 2026-12-15 2027-01-15 2027-04-30',
    );
    expect(planOf({ events, asOf: '2027-05-01' }).staged[1]).toContain('overdue');
    expect(visitOf(scheduleOf({ events, asOf: '2027-04-30' }), 'a1.interval-1').deferral).toEqual({
      eventId: 'f',
      until: parseDay('2027-04-30'),
      cut: false,
    });
  });

  it('to the window’s end or earlier changes nothing, with a warning', () => {
    for (const until of ['2027-02-15', '2026-12-31']) {
      const plan = planOf({ events: [baseline, deferral(until)], asOf: '2026-06-01' });
      expect(plan.staged[1]).toContain('2026-12-15 2027-01-15 2027-02-15');
      expect(plan.warnings).toEqual(['deferral-without-effect f']);
    }
    const dayLater = planOf({ events: [baseline, deferral('2027-02-16')], asOf: '2026-06-01' });
    expect(dayLater.staged[1]).toContain(' 2027-02-16');
    expect(dayLater.warnings).toEqual([]);
  });

  it.each([
    ['2027-08-15', '2027-08-15', []],
    ['2027-08-16', '2027-08-15', ['deferral-cut f']],
  ])('until %s holds until %s', (until, latest, warnings) => {
    const plan = planOf({ events: [baseline, deferral(until)], asOf: '2026-06-01' });
    expect(plan.staged[1]).toContain(` ${latest}`);
    expect(plan.warnings).toEqual(warnings);
  });

  it('says in words that it was cut, or that it moves nothing', () => {
    const messages = (until: string) =>
      scheduleOf({ events: [baseline, deferral(until)], asOf: '2026-06-01' }).warnings.map(
        ({ message }) => message,
      );
    expect(messages('2028-01-01')).toEqual([
      'Deferral f until 2028-01-01 is cut at 2027-08-15, 6 months past the window.',
    ]);
    expect(messages('2027-01-01')).toEqual([
      'Deferral f until 2027-01-01 moves nothing: the window is open until 2027-02-15.',
    ]);
  });

  it('is replaced by the last one, also by one that moves nothing', () => {
    const events = [baseline, deferral('2027-06-30'), deferral('2027-03-31', '2026-06-01', 'g')];
    expect(planOf({ events, asOf: '2026-07-01' }).staged[1]).toContain(' 2027-03-31');
    const none = [baseline, deferral('2027-06-30'), deferral('2027-01-31', '2026-06-01', 'g')];
    expect(planOf({ events: none, asOf: '2026-07-01' }).staged[1]).toContain(' 2027-02-15');
  });

  it('is kept by the visit once it is filled or declined', () => {
    const filled = [baseline, deferral('2027-04-30'), exam('x', '2027-04-01', 'MRI', '2')];
    expect(planOf({ events: filled, asOf: '2027-04-02' }).staged.slice(1, 3)).toEqual([
      'a1.interval-1 completed 2026-12-15 2027-01-15 2027-04-30',
      'a1.interval-2 not-yet-due 2028-03-01 2028-04-01 2028-05-01',
    ]);
    const declined = [
      baseline,
      deferral('2027-04-30'),
      event('d', 'decline', '2027-04-01', { visit: 'a1.interval-1' }),
    ];
    const plan = planOf({ events: declined, asOf: '2027-04-02' });
    expect(plan.staged[1]).toBe('a1.interval-1 declined 2026-12-15 2027-01-15 2027-04-30');
    expect(plan.staged[2]).toBe('a1.interval-2 not-yet-due 2027-07-15 2027-07-15 2027-08-15');
  });

  it('of a visit on hold holds', () => {
    const events = [baseline, exam('us', '2026-04-20', 'US', '5'), deferral('2027-04-30')];
    const plan = planOf({ events, asOf: '2026-06-01' });
    expect(plan.staged[1]).toBe('a1.interval-1 on-hold 2026-12-15 2027-01-15 2027-04-30');
    expect(plan.warnings).toEqual([]);
  });

  it.each([
    [
      'a forecast visit',
      [
        baseline,
        event('f', 'deferral', '2026-05-01', { visit: 'a1.interval-2', until: '2029-01-01' }),
      ],
    ],
    [
      'a filled visit',
      [
        baseline,
        event('f', 'deferral', '2026-05-01', { visit: 'a1.baseline', until: '2026-08-01' }),
      ],
    ],
    [
      'a visit that there never was',
      [
        baseline,
        event('f', 'deferral', '2026-05-01', { visit: 'a7.interval-9', until: '2029-01-01' }),
      ],
    ],
    [
      'a visit of the next course',
      [event('f', 'deferral', '2026-05-01', { visit: 'a2.baseline', until: '2026-08-01' })],
    ],
    [
      'a visit after the end',
      [
        baseline,
        event('c', 'closure', '2026-04-20', { reason: 'withdrew' }),
        deferral('2027-04-30'),
      ],
    ],
  ])('of %s changes nothing, with a warning', (_what, events) => {
    const without = planOf({ events: events.filter(({ id }) => id !== 'f'), asOf: '2026-06-01' });
    const plan = planOf({ events, asOf: '2026-06-01' });
    expect(plan.warnings).toEqual(['deferral-without-effect f']);
    expect({ ...plan, warnings: [] }).toEqual({ ...without, warnings: [] });
  });

  it('says of a visit that was not open on which day that was', () => {
    const [note] = scheduleOf({
      events: [event('f', 'decline', '2026-05-01', { visit: 'a1.interval-2' })],
      asOf: '2026-06-01',
    }).warnings;
    expect(note?.message).toBe(
      'The decline f changes nothing: a1.interval-2 was not open on 2026-05-01.',
    );
  });

  it('of no more months than the protocol allows', () => {
    const protocol = protocolWith({ deferralMaxMonths: 0 });
    const plan = planOf({
      events: [baseline, deferral('2027-04-30')],
      asOf: '2026-06-01',
      protocol,
    });
    expect(plan.staged[1]).toContain(' 2027-02-15');
    expect(plan.warnings).toEqual(['deferral-cut f']);
  });
});

describe('the modality options', () => {
  const pregnancy = event('k', 'constraint', '2026-01-20', {
    kind: 'pregnancy',
    from: '2026-05-01',
    to: '2026-11-30',
  });
  const options = (key: string, asOf: string, events = [pregnancy]) => {
    const { modalities, fallbackOnly } = visitOf(scheduleOf({ events, asOf }), key);
    return `${modalities.join()}${fallbackOnly ? ' review' : ''}`;
  };

  it('of the open visit are those of its target, once that has passed those of today', () => {
    expect(options('a1.baseline', '2026-02-01')).toBe('MRI,CEM');
    expect(options('a1.baseline', '2026-05-01')).toBe('US review');
    expect(options('a1.baseline', '2026-12-01')).toBe('MRI,CEM');
  });

  it('of a forecast visit are those of its target, whatever the day', () => {
    expect(options('a1.interval-1', '2026-06-01')).toBe('MRI,CEM');
    const then = event('k', 'constraint', '2026-01-20', {
      kind: 'claustrophobia',
      from: '2027-01-15',
      to: '2027-01-15',
    });
    expect(options('a1.interval-1', '2026-06-01', [then])).toBe('CEM');
    expect(options('a1.interval-1', '2028-06-01', [then])).toBe('CEM');
  });

  it('of a completed visit stay those of its target', () => {
    expect(
      options('a1.baseline', '2026-06-01', [pregnancy, exam('b', '2026-04-20', 'MRI', '2')]),
    ).toBe('MRI,CEM');
  });
});

describe('ended surveillance', () => {
  const end = event('s', 'surgery', '2027-06-01');

  it('lists what was filled or declined, and nothing open', () => {
    const events = [
      baseline,
      event('d', 'decline', '2027-01-20', { visit: 'a1.interval-1' }),
      event('e', 'decline', '2027-01-20', { visit: 'a1.routine-84' }),
      end,
    ];
    const plan = planOf({ events, asOf: '2027-06-01' });
    expect(plan.phase).toBe('ended');
    expect(plan.staged.map((line) => line.split(' ').slice(0, 2))).toEqual([
      ['a1.baseline', 'completed'],
      ['a1.interval-1', 'declined'],
    ]);
    expect(plan.lanes.map((line) => line.split(' ')[0])).toEqual(['a1.routine-84']);
    expect(scheduleOf({ events, asOf: '2027-06-01' }).endedBy).toBe('s');
    expect(scheduleOf({ events, asOf: '2027-05-31' }).endedBy).toBeNull();
  });

  it('lists filled lane visits and not the missed ones', () => {
    const events = [exam('m', '2033-01-15', 'MG', '1'), event('s', 'surgery', '2033-02-01')];
    expect(planOf({ events, asOf: '2033-02-01' }).lanes).toEqual([
      'a1.routine-84 completed 2032-12-15 2033-01-15 2033-02-15',
    ]);
  });
});

describe('suspended and held at once', () => {
  it('is escalated, and nothing is forecast', () => {
    const events = [
      baseline,
      exam('us', '2026-05-01', 'US', '5'),
      event('s', 'suspension', '2026-05-02'),
    ];
    const plan = planOf({ events, asOf: '2026-05-03' });
    expect(plan.phase).toBe('escalated');
    expect(plan.staged[1]).toContain('on-hold');
    expect(plan.staged).toHaveLength(2);
    expect(plan.lanes.every((line) => line.includes(' on-hold '))).toBe(true);
  });

  it('keeps what is settled as it is', () => {
    const events = [
      exam('m', '2034-01-15', 'MG', '1'),
      event('d', 'decline', '2034-01-16', { visit: 'a1.routine-108' }),
      event('s', 'suspension', '2034-02-01'),
    ];
    expect(planOf({ events, asOf: '2034-02-02' }).lanes.map((line) => line.split(' ')[1])).toEqual([
      'missed',
      'missed',
      'completed',
      'declined',
      'on-hold',
    ]);
  });

  it('is over with the benign result and the end of the suspension', () => {
    const events = [
      baseline,
      exam('us', '2026-05-01', 'US', '5'),
      event('s', 'suspension', '2026-05-02', { until: '2026-06-30' }),
      pathology('p', '2026-06-01', 'benign-concordant'),
    ];
    expect(planOf({ events, asOf: '2026-06-30' }).phase).toBe('suspended');
    expect(planOf({ events, asOf: '2026-07-01' }).phase).toBe('interval');
  });
});

describe('the event that last changed a line', () => {
  const causeOf = (
    key: string,
    asOf: string,
    ...events: Parameters<typeof scheduleOf>[0]['events'] & object
  ) => scheduleOf({ asOf, events }).visits.find((visit) => visit.key === key)?.causedBy;
  const deferral = event('d', 'deferral', '2026-12-20', {
    visit: 'a1.interval-1',
    until: '2027-03-20',
    reason: 'travel',
  });
  const suspension = event('s', 'suspension', '2026-12-21', {});

  it('is the exam that gave its dates, then the deferral that moved its deadline', () => {
    expect(causeOf('a1.interval-1', '2026-12-24', baseline)).toBe('b');
    expect(causeOf('a1.interval-1', '2026-12-24', baseline, deferral)).toBe('d');
  });

  it('is the suspension for all that it stops, lanes too', () => {
    for (const key of ['a1.interval-1', 'a1.interval-2', 'a1.routine-72']) {
      expect(causeOf(key, '2026-12-24', baseline, deferral, suspension)).toBe('s');
    }
  });

  it('is the exam that holds it', () => {
    const suspicious = exam('us', '2026-12-22', 'US', '5');
    expect(causeOf('a1.interval-1', '2026-12-24', baseline, suspension, suspicious)).toBe('us');
  });
});

describe('what a deferral outlives', () => {
  it('a lane visit deferred after the end keeps its dates once surveillance is reopened', () => {
    const events = [
      event('c', 'closure', '2026-05-01', { reason: 'transferred' }),
      event('f', 'deferral', '2026-05-02', { visit: 'a1.routine-72', until: '2032-06-01' }),
      event('o', 'reopening', '2026-05-03'),
    ];
    const plan = planOf({ events, asOf: '2026-05-04' });
    expect(plan.lanes[0]).toContain('2031-12-15 2032-01-15 2032-02-15');
    expect(plan.warnings).toEqual(['deferral-without-effect f']);
  });

  it('a resumption that brings nothing forward leaves the deferral in force', () => {
    const events = [
      exam('b', '2026-04-15', 'MRI', '3'),
      event('f', 'deferral', '2026-04-20', { visit: 'a1.interval-1', until: '2027-01-31' }),
      exam('us', '2026-05-01', 'US', '4'),
      pathology('p', '2026-05-10', 'benign-concordant'),
    ];
    const plan = planOf({ events, asOf: '2026-05-11' });
    expect(plan.staged[1]).toBe('a1.interval-1 not-yet-due 2026-10-15 2026-10-15 2027-01-31');
    expect(plan.warnings).toEqual([]);
  });
});
