import { describe, expect, it } from 'vitest';
import { event, exam, planOf, protocolWith, scheduleOf, visitOf } from './case-builder.ts';

type Options = Parameters<typeof planOf>[0];

/** `key status earliest target latest` of the first staged visit that is neither filled nor declined. */
function next(options: Options): string {
  return (
    planOf({ asOf: '2026-02-01', ...options }).staged.find(
      (line) => !/ (completed|declined|awaiting)/.test(line),
    ) ?? 'none'
  );
}

const fromPrevious = protocolWith({ intervals: { firstFrom: 'previous-exam' } });

describe('3.1 the baseline', () => {
  it('lies at the protocol’s months from the ablation', () => {
    expect(next({})).toBe('a1.baseline not-yet-due 2026-04-15 2026-04-15 2026-05-15');
    const protocol = protocolWith({
      baseline: { earliestMonths: 2, targetMonths: 4, latestMonths: 6 },
    });
    expect(next({ protocol })).toBe('a1.baseline not-yet-due 2026-03-15 2026-05-15 2026-07-15');
  });

  it('of a repeat ablation belongs to it', () => {
    const events = [event('a2', 'ablation', '2026-01-31')];
    expect(next({ events })).toBe('a2.baseline not-yet-due 2026-04-30 2026-04-30 2026-05-31');
    expect(visitOf(scheduleOf({ events, asOf: '2026-02-01' }), 'a2.baseline')).toMatchObject({
      kind: 'baseline',
      rule: 'baseline',
      anchor: { kind: 'ablation', eventId: 'a2' },
      bandFrom: null,
      interval: null,
      causedBy: 'a2',
    });
  });
});

describe('3.2 the first interval visit, counted from the ablation', () => {
  it.each([
    ['1', '2026-04-15', 'a1.interval-1 not-yet-due 2027-06-15 2027-07-15 2027-07-15'],
    ['2', '2026-04-15', 'a1.interval-1 not-yet-due 2026-12-15 2027-01-15 2027-02-15'],
    ['3', '2026-04-15', 'a1.interval-1 not-yet-due 2026-10-15 2026-10-15 2026-11-15'],
    ['3', '2026-04-16', 'a1.interval-1 not-yet-due 2026-10-16 2026-10-16 2026-11-16'],
    ['2', '2026-07-15', 'a1.interval-1 not-yet-due 2026-12-15 2027-01-15 2027-02-15'],
    ['2', '2026-07-16', 'a1.interval-1 not-yet-due 2027-01-16 2027-01-16 2027-02-16'],
    ['1', '2028-03-31', 'a1.interval-1 not-yet-due 2028-09-30 2028-09-30 2028-10-31'],
  ])('BI-RADS %s on %s: %s', (biRads, date, line) => {
    expect(next({ events: [exam('b', date, 'MRI', biRads)], asOf: date })).toBe(line);
  });

  it('says by which rule, and counts from the exam only where the gap binds', () => {
    const rule = (date: string) => {
      const {
        rule: name,
        anchor,
        bandFrom,
        causedBy,
      } = visitOf(
        scheduleOf({ events: [exam('b', date, 'MRI', '2')], asOf: date }),
        'a1.interval-1',
      );
      return [name, anchor.kind, anchor.eventId, bandFrom, causedBy];
    };
    expect(rule('2026-07-15')).toEqual(['first-interval', 'ablation', null, 0, 'b']);
    expect(rule('2026-07-16')).toEqual(['minimum-gap', 'imaging', 'b', null, 'b']);
  });

  it('is told with the months that gave it', () => {
    const events = [exam('b', '2026-04-15', 'MRI', '1')];
    const episode = { tumor: { ki67Percent: 30 } };
    expect(
      visitOf(scheduleOf({ events, episode, asOf: '2026-04-15' }), 'a1.interval-1').interval,
    ).toEqual({
      category: '1',
      assumed: false,
      tier: 'elevated',
      byCategory: 18,
      cap: 12,
      months: 12,
    });
  });

  it('with a gap of no months never counts from the exam before the target has passed', () => {
    const protocol = protocolWith({ intervals: { minimumGapMonths: 0 } });
    const events = (date: string) => [exam('b', date, 'MRI', '3')];
    expect(next({ events: events('2026-10-15'), asOf: '2026-10-15', protocol })).toContain(
      '2026-10-15 2026-10-15 2026-11-15',
    );
    expect(next({ events: events('2026-10-16'), asOf: '2026-10-16', protocol })).toContain(
      '2026-10-16 2026-10-16 2026-11-16',
    );
  });
});

describe('3.2 the first interval visit, counted from the previous exam', () => {
  it('is a later interval visit counted from the baseline exam', () => {
    const events = [exam('b', '2026-05-31', 'MRI', '3')];
    expect(next({ events, asOf: '2026-06-01', protocol: fromPrevious })).toBe(
      'a1.interval-1 not-yet-due 2027-02-28 2027-02-28 2027-03-31',
    );
  });

  it('is forecast from the baseline’s target months while the baseline is open', () => {
    const [baseline, first, second] = planOf({ protocol: fromPrevious }).staged;
    expect(baseline).toBe('a1.baseline not-yet-due 2026-04-15 2026-04-15 2026-05-15');
    expect(first).toBe('a1.interval-1 forecast 2027-03-15 2027-04-15 2027-05-15');
    expect(second).toBe('a1.interval-2 forecast 2028-03-15 2028-04-15 2028-05-15');
  });

  it('has its band counted from the baseline’s target months', () => {
    const shortest = { assumedBiRads: '3' };
    expect(planOf({ protocol: fromPrevious, episode: shortest }).staged[1]).toBe(
      'a1.interval-1 forecast 2027-01-15 2027-01-15 2027-02-15',
    );
    const longest = { assumedBiRads: '1' };
    expect(planOf({ protocol: fromPrevious, episode: longest }).staged[1]).toBe(
      'a1.interval-1 forecast 2027-09-15 2027-10-15 2027-10-15',
    );
    expect(visitOf(scheduleOf({ protocol: fromPrevious }), 'a1.interval-1')).toMatchObject({
      rule: 'first-interval',
      bandFrom: 3,
      anchor: { kind: 'ablation', eventId: null },
    });
  });

  it('after a declined baseline is the forecast one, cut at the reoffer months after the baseline’s target', () => {
    const events = [event('d', 'decline', '2026-04-20', { visit: 'a1.baseline' })];
    expect(next({ events, asOf: '2026-04-20', protocol: fromPrevious })).toBe(
      'a1.interval-1 not-yet-due 2026-10-15 2026-10-15 2026-11-15',
    );
    const patient = protocolWith({ intervals: { firstFrom: 'previous-exam', reofferMonths: 12 } });
    expect(next({ events, asOf: '2026-04-20', protocol: patient })).toBe(
      'a1.interval-1 not-yet-due 2027-03-15 2027-04-15 2027-05-15',
    );
  });
});

describe('3.3 a later interval visit', () => {
  const baseline = exam('b', '2026-04-15', 'MRI', '2');

  it.each([
    ['1', 'a1.interval-2 not-yet-due 2028-06-30 2028-07-31 2028-07-31'],
    ['2', 'a1.interval-2 not-yet-due 2027-12-31 2028-01-31 2028-02-29'],
    ['3', 'a1.interval-2 not-yet-due 2027-10-31 2027-10-31 2027-11-30'],
  ])('BI-RADS %s on 31 January 2027: %s', (biRads, line) => {
    const events = [baseline, exam('x', '2027-01-31', 'MRI', biRads)];
    expect(next({ events, asOf: '2027-02-01' })).toBe(line);
  });

  it('is counted from the exam that was done, late or early', () => {
    const events = [baseline, exam('x', '2029-02-10', 'CEM', '2')];
    const visit = visitOf(scheduleOf({ events, asOf: '2029-02-11' }), 'a1.interval-2');
    expect(visit).toMatchObject({
      rule: 'interval',
      anchor: { kind: 'imaging', eventId: 'x' },
      bandFrom: 0,
    });
    expect(next({ events, asOf: '2029-02-11' })).toContain(' 2030-01-10 2030-02-10 2030-03-10');
  });
});

describe('3.4 the forecast', () => {
  it('keeps the anchor of the open visit, so that a month end does not drift', () => {
    const episode = { ablation: { date: '2026-11-30' }, assumedBiRads: '3' };
    expect(planOf({ episode, asOf: '2026-12-01' }).staged).toEqual([
      'a1.baseline not-yet-due 2027-02-28 2027-02-28 2027-03-30',
      'a1.interval-1 forecast 2027-08-30 2027-08-30 2027-09-30',
      'a1.interval-2 forecast 2028-05-30 2028-05-30 2028-06-30',
      'a1.interval-3 forecast 2029-02-28 2029-02-28 2029-03-30',
      'a1.interval-4 forecast 2029-11-30 2029-11-30 2029-12-30',
      'a1.interval-5 forecast 2030-08-30 2030-08-30 2030-09-30',
      'a1.interval-6 forecast 2031-05-30 2031-05-30 2031-06-30',
    ]);
  });

  it('after a gap visit goes on from the exam, each window clipped to the band of the one before', () => {
    const events = [exam('b', '2026-11-20', 'MRI', '1')];
    expect(
      planOf({ events, asOf: '2026-11-21', protocol: protocolWith({ horizonMonths: 48 }) }).staged,
    ).toEqual([
      'a1.baseline completed 2026-04-15 2026-04-15 2026-05-15',
      'a1.interval-1 not-yet-due 2027-06-15 2027-07-15 2027-07-15',
      'a1.interval-2 forecast 2028-12-15 2029-01-15 2029-01-15',
    ]);
    const late = [exam('b', '2027-03-20', 'MRI', '1')];
    expect(
      planOf({ events: late, asOf: '2027-03-21', protocol: protocolWith({ horizonMonths: 48 }) })
        .staged,
    ).toEqual([
      'a1.baseline completed 2026-04-15 2026-04-15 2026-05-15',
      'a1.interval-1 not-yet-due 2027-09-20 2027-09-20 2027-10-20',
      'a1.interval-2 forecast 2029-02-20 2029-03-20 2029-03-20',
    ]);
  });

  it('tells its rule, its band and the event that it depends on', () => {
    const events = [exam('b', '2026-04-15', 'MRI', '2')];
    expect(visitOf(scheduleOf({ events, asOf: '2026-04-16' }), 'a1.interval-2')).toMatchObject({
      rule: 'forecast',
      bandFrom: 12,
      offsets: { earliest: 23, target: 24, latest: 25 },
      causedBy: 'b',
      deferral: null,
      pastHorizon: false,
      status: 'forecast',
    });
  });

  it('has no interval visit while an assumed category asks for something else', () => {
    for (const assumedBiRads of ['0', '4', '4A', '4B', '4C', '5', '6']) {
      const plan = planOf({ episode: { assumedBiRads } });
      expect(plan.staged).toEqual(['a1.baseline not-yet-due 2026-04-15 2026-04-15 2026-05-15']);
      expect(plan.category).toBe(assumedBiRads);
      expect(plan.categoryAssumed).toBe(true);
    }
  });
});

describe('3.5 the horizon', () => {
  const twoYears = protocolWith({ horizonMonths: 24, lanes: [] });
  const lane = (...offsetsMonths: readonly number[]) => ({
    horizonMonths: 24,
    lanes: [
      {
        id: 'routine',
        offsetsMonths,
        windowMonths: { before: 0, after: 0 },
        acceptEarlyMonths: 0,
        modalities: ['MG'],
      },
    ],
  });
  const upTo = (date: string, biRads: string) => [
    exam('b', '2026-04-15', 'MRI', '2'),
    exam('x', date, 'MRI', biRads),
  ];

  it('is inclusive: a target on its last day is planned', () => {
    expect(
      planOf({ protocol: twoYears, events: upTo('2027-01-15', '2'), asOf: '2027-01-16' }).staged.at(
        -1,
      ),
    ).toBe('a1.interval-2 not-yet-due 2027-12-15 2028-01-15 2028-02-15');
    const after = planOf({
      protocol: twoYears,
      events: upTo('2027-01-16', '2'),
      asOf: '2027-01-17',
    });
    expect(after.staged).toHaveLength(2);
    expect(after.phase).toBe('routine');
  });

  it('does not end the one next visit while the category is 3', () => {
    const plan = planOf({
      protocol: twoYears,
      events: upTo('2027-12-20', '3'),
      asOf: '2027-12-21',
    });
    expect(plan.staged.at(-1)).toBe('a1.interval-2 not-yet-due 2028-09-20 2028-09-20 2028-10-20');
    const schedule = scheduleOf({
      protocol: twoYears,
      events: upTo('2027-12-20', '3'),
      asOf: '2027-12-21',
    });
    expect(visitOf(schedule, 'a1.interval-2').pastHorizon).toBe(true);
    expect(visitOf(schedule, 'a1.interval-1').pastHorizon).toBe(false);
  });

  it('counts from the current ablation', () => {
    const events = [event('a2', 'ablation', '2027-06-15'), exam('b', '2027-09-15', 'MRI', '2')];
    expect(planOf({ protocol: twoYears, events, asOf: '2027-09-16' }).staged.slice(1)).toEqual([
      'a2.interval-1 not-yet-due 2028-03-15 2028-03-15 2028-04-15',
      'a2.interval-2 forecast 2028-12-15 2028-12-15 2029-01-15',
    ]);
  });

  it.each([
    ['exactly the band’s upper months away', 41, 'none'],
    ['a month further', 42, 'a1.interval-2 not-yet-due 2028-11-15 2028-12-15 2029-01-15'],
  ])('where the first lane visit is %s: %s', (_what, months, expected) => {
    const protocol = protocolWith(lane(6, months, 90));
    expect(next({ protocol, events: upTo('2027-12-15', '2'), asOf: '2027-12-16' })).toBe(expected);
  });

  it('where no lane visit is left, nothing is further away', () => {
    const protocol = protocolWith(lane(6, 12));
    expect(next({ protocol, events: upTo('2027-12-15', '2'), asOf: '2027-12-16' })).toBe('none');
  });

  it('looks at the lane visit that comes first, of whichever lane', () => {
    const base = lane(90).lanes[0];
    const protocol = protocolWith({
      horizonMonths: 24,
      lanes: [base, { ...base, id: 'sooner', offsetsMonths: [30] }],
    });
    expect(next({ protocol, events: upTo('2027-12-15', '2'), asOf: '2027-12-16' })).toBe('none');
  });

  it('a lane visit on the exam’s own day is not after it', () => {
    const protocol = protocolWith(lane(23, 90));
    expect(next({ protocol, events: upTo('2027-12-15', '2'), asOf: '2027-12-16' })).not.toBe(
      'none',
    );
  });

  it('after a declined visit counts from its target', () => {
    const events = [
      ...upTo('2027-01-15', '2'),
      event('d', 'decline', '2027-12-01', { visit: 'a1.interval-2' }),
    ];
    const near = protocolWith(lane(42));
    expect(next({ protocol: near, events, asOf: '2027-12-02' })).toBe('none');
    const far = protocolWith(lane(43));
    expect(next({ protocol: far, events, asOf: '2027-12-02' })).toBe(
      'a1.interval-3 not-yet-due 2028-07-15 2028-07-15 2028-08-15',
    );
  });

  it('a visit declined past the horizon leads to another while the category is 3', () => {
    const events = [
      ...upTo('2027-12-20', '3'),
      event('d', 'decline', '2028-09-20', { visit: 'a1.interval-2' }),
    ];
    expect(next({ protocol: twoYears, events, asOf: '2028-09-20' })).toBe(
      'a1.interval-3 not-yet-due 2029-03-20 2029-03-20 2029-04-20',
    );
  });

  it('forecasts nothing after the one visit past it', () => {
    const plan = planOf({
      protocol: twoYears,
      events: upTo('2027-12-20', '3'),
      asOf: '2027-12-21',
    });
    expect(plan.staged).toHaveLength(3);
  });
});

describe('3.6 after a declined visit', () => {
  const declined = (visit: string, date: string) => event('d', 'decline', date, { visit });
  const baseline = exam('b', '2026-04-15', 'MRI', '3');

  it('the next one keeps the dates that it was forecast with, where they are near enough', () => {
    const protocol = protocolWith({ intervals: { reofferMonths: 9 } });
    const events = [baseline, declined('a1.interval-1', '2026-10-20')];
    expect(planOf({ protocol, events: [baseline], asOf: '2026-10-20' }).staged[2]).toBe(
      'a1.interval-2 forecast 2027-07-15 2027-07-15 2027-08-15',
    );
    expect(next({ protocol, events, asOf: '2026-10-20' })).toBe(
      'a1.interval-2 not-yet-due 2027-07-15 2027-07-15 2027-08-15',
    );
    const rule = (reofferMonths: number) =>
      visitOf(
        scheduleOf({
          protocol: protocolWith({ intervals: { reofferMonths } }),
          events,
          asOf: '2026-10-20',
        }),
        'a1.interval-2',
      );
    expect(rule(9)).toMatchObject({ rule: 'forecast', bandFrom: 9 });
    expect(rule(8)).toMatchObject({ rule: 'reoffer', bandFrom: null, causedBy: 'd' });
  });

  it('counts the limit from the target, with the same anchor', () => {
    const events = [exam('b', '2026-08-31', 'MRI', '2'), declined('a1.interval-1', '2027-03-01')];
    expect(next({ events, asOf: '2027-03-01' })).toBe(
      'a1.interval-2 not-yet-due 2027-08-31 2027-08-31 2027-09-30',
    );
  });

  it('the forecast goes on from the reoffered one', () => {
    const events = [exam('b', '2026-04-15', 'MRI', '1'), declined('a1.interval-1', '2027-07-20')];
    const plan = planOf({ events, asOf: '2027-07-20' });
    expect(plan.staged.slice(1)).toEqual([
      'a1.interval-1 declined 2027-06-15 2027-07-15 2027-07-15',
      'a1.interval-2 not-yet-due 2028-01-15 2028-01-15 2028-02-15',
      'a1.interval-3 forecast 2029-06-15 2029-07-15 2029-07-15',
      'a1.interval-4 forecast 2030-12-15 2031-01-15 2031-01-15',
    ]);
  });

  it('twice, each is offered again', () => {
    const events = [
      baseline,
      declined('a1.interval-1', '2026-10-20'),
      event('d2', 'decline', '2027-05-01', { visit: 'a1.interval-2' }),
    ];
    expect(next({ events, asOf: '2027-05-01' })).toBe(
      'a1.interval-3 not-yet-due 2027-10-15 2027-10-15 2027-11-15',
    );
  });
});

describe('3.7 after a limited exam', () => {
  const unable = event('k', 'constraint', '2026-01-20', {
    kind: 'pregnancy',
    from: '2026-01-20',
    to: '2026-12-31',
  });

  it.each([
    ['1', '2026-10-20'],
    ['2', '2026-10-20'],
    ['3', '2026-10-20'],
  ])('BI-RADS %s: the next is due %s', (biRads, target) => {
    const events = [unable, exam('u', '2026-04-20', 'US', biRads)];
    expect(next({ events, asOf: '2026-04-21' })).toBe(
      `a1.interval-1 not-yet-due ${target} ${target} 2026-11-20`,
    );
    expect(visitOf(scheduleOf({ events, asOf: '2026-04-21' }), 'a1.interval-1')).toMatchObject({
      rule: 'limited',
      bandFrom: null,
      anchor: { kind: 'imaging', eventId: 'u' },
    });
  });

  it('the interval months bind where they are fewer', () => {
    const protocol = protocolWith({ intervals: { limitedMonths: 14 } });
    const events = [unable, exam('u', '2026-04-20', 'US', '3')];
    expect(next({ events, asOf: '2026-04-21', protocol })).toContain(
      ' 2027-01-20 2027-01-20 2027-02-20',
    );
  });

  it('an exam whose report is awaited is shown so, and its next visit comes early too', () => {
    const plan = planOf({ events: [unable, exam('u', '2026-04-20', 'US')], asOf: '2026-04-21' });
    expect(plan.staged[0]).toContain('a1.baseline awaiting-report');
    expect(plan.staged[1]).toBe('a1.interval-1 not-yet-due 2026-10-20 2026-10-20 2026-11-20');
  });

  it('a suspicious one leaves no visit open', () => {
    const plan = planOf({
      events: [unable, exam('u', '2026-04-20', 'US', '4B')],
      asOf: '2026-04-21',
    });
    expect(plan.staged).toEqual(['a1.baseline completed-limited 2026-04-15 2026-04-15 2026-05-15']);
  });
});

describe('3.11 windows of other protocols', () => {
  it('have no width where the margins are zero', () => {
    const protocol = protocolWith({ intervals: { windowMonths: { before: 0, after: 0 } } });
    expect(planOf({ protocol }).staged[1]).toBe(
      'a1.interval-1 forecast 2027-01-15 2027-01-15 2027-01-15',
    );
  });

  it('are clipped to the band on both sides', () => {
    const protocol = protocolWith({
      intervals: {
        bandMonths: [11, 14],
        monthsByCategory: { '1': 14, '2': 12, '3': 11 },
        capMonthsByTier: { standard: 14, elevated: 12, high: 11 },
        windowMonths: { before: 6, after: 6 },
      },
    });
    expect(planOf({ protocol }).staged.slice(1, 3)).toEqual([
      'a1.interval-1 forecast 2026-12-15 2027-01-15 2027-03-15',
      'a1.interval-2 forecast 2027-12-15 2028-01-15 2028-03-15',
    ]);
  });
});
