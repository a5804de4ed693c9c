import { describe, expect, it } from 'vitest';
import {
  event,
  exam,
  lanesOnly,
  pathology,
  planOf,
  protocolWith,
  scheduleOf,
  visitOf,
} from './case-builder.ts';

const baseline = exam('b', '2026-04-15', 'MRI', '2');

function interval1(options: Parameters<typeof planOf>[0]): string | undefined {
  return planOf(options).staged.find((line) => line.startsWith('a1.interval-1'));
}

describe('an exam that counts', () => {
  it('gives the category, no longer assumed', () => {
    const plan = planOf({ events: [exam('b', '2026-04-15', 'MRI', '1')], asOf: '2026-04-16' });
    expect([plan.category, plan.categoryAssumed]).toEqual(['1', false]);
    expect(scheduleOf({ events: [baseline], asOf: '2026-04-16' }).categoryFrom).toBe('b');
    expect(scheduleOf({}).categoryFrom).toBeNull();
  });

  it('without its report leaves the category in force as it was', () => {
    const events = [exam('b', '2026-04-15', 'MRI', '3'), exam('x', '2026-10-15', 'MRI')];
    const plan = planOf({ events, asOf: '2026-10-16' });
    expect([plan.category, plan.categoryAssumed]).toEqual(['3', false]);
    expect(plan.staged.slice(1, 3)).toEqual([
      'a1.interval-1 awaiting-report 2026-10-15 2026-10-15 2026-11-15',
      'a1.interval-2 not-yet-due 2027-07-15 2027-07-15 2027-08-15',
    ]);
  });

  it.each(['0', '4A', '6'])(
    'without its report lets the protocol’s category stand in for an assumed %s',
    (assumedBiRads) => {
      const events = [exam('b', '2026-04-15', 'MRI')];
      const plan = planOf({ events, episode: { assumedBiRads }, asOf: '2026-04-16' });
      expect([plan.category, plan.categoryAssumed]).toEqual(['2', true]);
      expect(plan.staged[1]).toBe('a1.interval-1 not-yet-due 2026-12-15 2027-01-15 2027-02-15');
    },
  );

  it('without its report keeps an assumed 1', () => {
    const plan = planOf({
      events: [exam('b', '2026-04-15', 'MRI')],
      episode: { assumedBiRads: '1' },
      asOf: '2026-04-16',
    });
    expect([plan.category, plan.categoryAssumed]).toEqual(['1', true]);
  });

  it('fills the visit even while it is on hold', () => {
    const events = [exam('us', '2026-04-01', 'US', '4'), exam('b', '2026-04-15', 'MRI', '2')];
    const plan = planOf({ events, asOf: '2026-04-16' });
    expect(plan.phase).toBe('escalated');
    expect(plan.staged).toEqual([
      'a1.baseline completed 2026-04-15 2026-04-15 2026-05-15',
      'a1.interval-1 on-hold 2026-12-15 2027-01-15 2027-02-15',
    ]);
  });

  it('with a category 4 to 6 leaves no visit open', () => {
    for (const biRads of ['4', '4A', '4B', '4C', '5', '6']) {
      const plan = planOf({ events: [exam('b', '2026-04-15', 'MRI', biRads)], asOf: '2026-04-16' });
      expect(plan.staged).toEqual(['a1.baseline completed 2026-04-15 2026-04-15 2026-05-15']);
      expect(plan.category).toBe(biRads);
    }
  });

  it('says against which visit it was judged', () => {
    const [first, second] = scheduleOf({
      events: [baseline, exam('x', '2026-05-15', 'MRI', '2')],
      asOf: '2026-06-01',
    }).exams;
    expect(first).toMatchObject({
      verdict: 'counts',
      visit: 'a1.baseline',
      limited: false,
      reportedBy: null,
      against: { key: 'a1.baseline' },
    });
    expect(second).toMatchObject({
      verdict: 'interim',
      visit: null,
      against: { key: 'a1.interval-1' },
    });
  });
});

describe('a declined baseline', () => {
  const decline = event('d', 'decline', '2026-04-20', { visit: 'a1.baseline' });

  it('lets the protocol’s category stand in for an assumed one without an interval', () => {
    const plan = planOf({ events: [decline], episode: { assumedBiRads: '5' }, asOf: '2026-04-20' });
    expect([plan.category, plan.categoryAssumed]).toEqual(['2', true]);
    expect(plan.staged.slice(0, 2)).toEqual([
      'a1.baseline declined 2026-04-15 2026-04-15 2026-05-15',
      'a1.interval-1 not-yet-due 2026-10-15 2026-10-15 2026-11-15',
    ]);
  });

  it('keeps an assumed 1', () => {
    const plan = planOf({ events: [decline], episode: { assumedBiRads: '1' }, asOf: '2026-04-20' });
    expect([plan.category, plan.categoryAssumed]).toEqual(['1', true]);
  });

  it('while on hold is declined all the same, and the next one is on hold', () => {
    const events = [exam('us', '2026-04-16', 'US', '4'), decline];
    const plan = planOf({ events, asOf: '2026-04-21' });
    expect(plan.staged).toEqual([
      'a1.baseline declined 2026-04-15 2026-04-15 2026-05-15',
      'a1.interval-1 on-hold 2026-10-15 2026-10-15 2026-11-15',
    ]);
    expect(plan.warnings).toEqual([]);
  });

  it('is not counted as an interval visit', () => {
    const events = [decline, exam('x', '2026-10-15', 'MRI', '2')];
    const plan = planOf({ events, asOf: '2026-10-16' });
    expect(plan.exams).toEqual(['x counts a1.interval-1']);
    expect(plan.staged[2]).toBe('a1.interval-2 not-yet-due 2027-09-15 2027-10-15 2027-11-15');
  });
});

describe('3.8 an interim exam', () => {
  const followedBy = (...events: Parameters<typeof exam>[]) => [
    baseline,
    ...events.map((args) => exam(...args)),
  ];

  it('whose candidate lies later leaves the dates, but the worse category is in force', () => {
    const plan = planOf({
      events: followedBy(['x', '2026-06-01', 'MRI', '3']),
      asOf: '2026-07-01',
    });
    expect(plan.category).toBe('3');
    expect(plan.staged[1]).toBe('a1.interval-1 not-yet-due 2026-12-15 2027-01-15 2027-02-15');
    expect(plan.staged[2]).toBe('a1.interval-2 forecast 2027-10-15 2027-10-15 2027-11-15');
  });

  it('of category 3 brings the visit forward, under the same key, counted from that exam', () => {
    const events = [exam('b', '2026-04-15', 'MRI', '1'), exam('x', '2026-06-10', 'MRI', '3')];
    expect(interval1({ events, asOf: '2026-07-01' })).toBe(
      'a1.interval-1 not-yet-due 2027-03-10 2027-03-10 2027-04-10',
    );
    expect(visitOf(scheduleOf({ events, asOf: '2026-07-01' }), 'a1.interval-1')).toMatchObject({
      rule: 'brought-forward',
      anchor: { kind: 'imaging', eventId: 'x' },
      causedBy: 'x',
      bandFrom: 0,
      pastHorizon: false,
    });
  });

  it('brings a visit without a deferral forward without a word, and is where the category is from', () => {
    const events = [exam('b', '2026-04-15', 'MRI', '1'), exam('x', '2026-06-10', 'MRI', '3')];
    const { warnings, categoryFrom } = scheduleOf({ events, asOf: '2026-07-01' });
    expect([warnings, categoryFrom]).toEqual([[], 'x']);
  });

  it('of category 2 brings a visit of category 1 forward', () => {
    const events = [exam('b', '2026-04-15', 'MRI', '1'), exam('x', '2026-06-10', 'MRI', '2')];
    expect(interval1({ events, asOf: '2026-07-01' })).toBe(
      'a1.interval-1 not-yet-due 2027-05-10 2027-06-10 2027-07-10',
    );
    expect(planOf({ events, asOf: '2026-07-01' }).category).toBe('2');
  });

  it('of a better category changes neither dates nor category', () => {
    const events = [exam('b', '2026-04-15', 'MRI', '3'), exam('x', '2026-05-10', 'MRI', '1')];
    const plan = planOf({ events, asOf: '2026-07-01' });
    expect(plan.staged[1]).toBe('a1.interval-1 not-yet-due 2026-10-15 2026-10-15 2026-11-15');
    expect(plan.category).toBe('3');
    expect(scheduleOf({ events, asOf: '2026-07-01' }).categoryFrom).toBe('b');
  });

  it('gives the category where it was assumed, be it worse or better', () => {
    for (const biRads of ['1', '2', '3']) {
      const events = [exam('b', '2026-04-15', 'MRI'), exam('x', '2026-06-10', 'MRI', biRads)];
      const plan = planOf({ events, asOf: '2026-07-01' });
      expect([plan.category, plan.categoryAssumed]).toEqual([biRads, false]);
      expect(scheduleOf({ events, asOf: '2026-07-01' }).categoryFrom).toBe('x');
    }
  });

  it('without a category, or with a suspicious one, is no candidate', () => {
    for (const biRads of [undefined, '4A', '5']) {
      const plan = planOf({
        events: followedBy(['x', '2026-05-10', 'MRI', biRads]),
        asOf: '2026-07-01',
      });
      expect(plan.category).toBe('2');
      expect(plan.staged[1]).toContain('2026-12-15 2027-01-15 2027-02-15');
    }
  });

  it('whose target would be equal replaces nothing, and the deferral stays', () => {
    const protocol = protocolWith({ intervals: { acceptEarlyMonths: 0 } });
    const events = [
      baseline,
      event('f', 'deferral', '2026-04-15', { visit: 'a1.interval-1', until: '2027-04-01' }),
      exam('x', '2026-04-15', 'US', '3'),
    ];
    // Nine months from 15 April is 15 January, the target that there is.
    expect(interval1({ events, asOf: '2026-05-01', protocol })).toBe(
      'a1.interval-1 not-yet-due 2026-12-15 2027-01-15 2027-04-01',
    );
    expect(planOf({ events, asOf: '2026-05-01', protocol }).warnings).toEqual([]);
  });

  it('that brings the visit forward lets its deferral lapse, with a warning', () => {
    const events = [
      exam('b', '2026-04-15', 'MRI', '1'),
      event('f', 'deferral', '2026-05-01', { visit: 'a1.interval-1', until: '2027-10-01' }),
      exam('x', '2026-06-10', 'MRI', '3'),
    ];
    expect(interval1({ events: events.slice(0, 2), asOf: '2026-05-02' })).toBe(
      'a1.interval-1 not-yet-due 2027-06-15 2027-07-15 2027-10-01',
    );
    const plan = planOf({ events, asOf: '2026-07-01' });
    expect(plan.staged[1]).toBe('a1.interval-1 not-yet-due 2027-03-10 2027-03-10 2027-04-10');
    expect(plan.warnings).toEqual(['deferral-lapsed f']);
    expect(scheduleOf({ events, asOf: '2026-07-01' }).warnings[0]?.message).toBe(
      'Deferral f lapsed: x brought the visit forward to other dates.',
    );
  });

  it('brings a visit forward without touching what is on hold or suspended', () => {
    const events = [
      exam('b', '2026-04-15', 'MRI', '1'),
      exam('us', '2026-05-01', 'US', '5'),
      exam('x', '2026-06-10', 'MRI', '3'),
    ];
    const plan = planOf({ events, asOf: '2026-07-01' });
    expect(plan.staged[1]).toBe('a1.interval-1 on-hold 2027-03-10 2027-03-10 2027-04-10');
  });
});

describe('3.8 a supplementary exam', () => {
  it('of category 3 brings the visit forward', () => {
    const events = [exam('b', '2026-04-15', 'MRI', '1'), exam('m', '2026-06-10', 'MG', '3')];
    expect(interval1({ events, asOf: '2026-07-01' })).toContain('2027-03-10 2027-03-10 2027-04-10');
  });

  it.each(['1', '2', '4', undefined])('of category %s changes nothing', (biRads) => {
    const events = [exam('b', '2026-04-15', 'MRI', '1'), exam('m', '2026-06-10', 'MG', biRads)];
    const plan = planOf({ events, asOf: '2026-06-10' });
    expect(plan.staged[1]).toContain(' 2027-06-15 2027-07-15 2027-07-15');
    expect(plan.category).toBe('1');
  });

  it('leaves an open baseline and the category alone', () => {
    const plan = planOf({ events: [exam('m', '2026-03-10', 'MG', '3')], asOf: '2026-03-11' });
    expect(plan.staged[0]).toBe('a1.baseline not-yet-due 2026-04-15 2026-04-15 2026-05-15');
    expect([plan.category, plan.categoryAssumed]).toEqual(['2', true]);
  });

  const short = protocolWith({ horizonMonths: 15 });
  const done = [baseline, exam('x', '2027-01-15', 'MRI', '2')];

  it('opens a visit where none is open, past the horizon if need be', () => {
    expect(planOf({ events: done, asOf: '2027-02-01', protocol: short }).phase).toBe('interval');
    const protocol = protocolWith({ horizonMonths: 15, lanes: [] });
    expect(planOf({ events: done, asOf: '2027-02-01', protocol }).phase).toBe('routine');
    const events = [...done, exam('m', '2027-03-10', 'MG', '3')];
    const plan = planOf({ events, asOf: '2027-03-11', protocol });
    expect(plan.phase).toBe('interval');
    expect(plan.staged[2]).toBe('a1.interval-2 not-yet-due 2027-12-10 2027-12-10 2028-01-10');
    expect(
      visitOf(scheduleOf({ events, asOf: '2027-03-11', protocol }), 'a1.interval-2'),
    ).toMatchObject({
      pastHorizon: true,
      rule: 'brought-forward',
      causedBy: 'm',
    });
  });

  it('opens none while a category 4 to 6 is in force', () => {
    const events = [exam('b', '2026-04-15', 'MRI', '4A'), exam('m', '2026-05-10', 'MG', '3')];
    const plan = planOf({ events, asOf: '2026-05-11' });
    expect(plan.staged).toHaveLength(1);
    expect(plan.category).toBe('4A');
  });

  it('after the end brings nothing forward', () => {
    const events = [
      exam('b', '2026-04-15', 'MRI', '1'),
      event('c', 'closure', '2026-05-01', { reason: 'transferred' }),
      exam('m', '2026-06-10', 'MG', '3'),
      event('o', 'reopening', '2026-07-01'),
    ];
    const plan = planOf({ events, asOf: '2026-07-01' });
    expect(plan.staged[1]).toContain(' 2027-06-15 2027-07-15 2027-07-15');
    expect(plan.category).toBe('1');
  });

  it('of a schedule of lanes only changes nothing', () => {
    const plan = planOf({
      events: [exam('m', '2026-06-10', 'MG', '3')],
      asOf: '2026-06-11',
      protocol: lanesOnly(),
    });
    expect(plan.staged).toEqual([]);
    expect([plan.category, plan.categoryAssumed]).toEqual(['2', true]);
  });
});

describe('5 resuming after a hold', () => {
  const benign = pathology('p', '2026-05-10', 'benign-concordant');

  it('fills the gap that a suspicious baseline left, counted from the result’s date', () => {
    const events = [exam('b', '2026-04-15', 'MRI', '4A'), benign];
    const plan = planOf({ events, asOf: '2026-05-11' });
    expect([plan.category, plan.categoryAssumed]).toEqual(['3', false]);
    expect(plan.staged[1]).toBe('a1.interval-1 not-yet-due 2027-02-10 2027-02-10 2027-03-10');
    const schedule = scheduleOf({ events, asOf: '2026-05-11' });
    expect(schedule.categoryFrom).toBe('p');
    expect(visitOf(schedule, 'a1.interval-1')).toMatchObject({
      rule: 'resumed',
      anchor: { kind: 'pathology', eventId: 'p' },
      causedBy: 'p',
    });
  });

  it('by a decision counts from the day on which the question was raised', () => {
    const events = [
      exam('b', '2026-04-15', 'MRI', '6'),
      event('d', 'decision', '2026-06-01', { escalation: 'esc.b' }),
    ];
    const plan = planOf({ events, asOf: '2026-06-01' });
    expect(plan.staged[1]).toBe('a1.interval-1 not-yet-due 2027-01-15 2027-01-15 2027-02-15');
    expect(plan.category).toBe('3');
    expect(visitOf(scheduleOf({ events, asOf: '2026-06-01' }), 'a1.interval-1')).toMatchObject({
      anchor: { kind: 'escalation', eventId: 'b' },
      causedBy: 'd',
    });
  });

  it('leaves an open baseline alone, but the category is 3 and no longer assumed', () => {
    const events = [
      exam('us', '2026-02-15', 'US', '4'),
      pathology('p', '2026-03-01', 'benign-concordant'),
    ];
    const plan = planOf({ events, asOf: '2026-03-02' });
    expect([plan.category, plan.categoryAssumed]).toEqual(['3', false]);
    expect(plan.staged.slice(0, 2)).toEqual([
      'a1.baseline not-yet-due 2026-04-15 2026-04-15 2026-05-15',
      'a1.interval-1 forecast 2026-10-15 2026-10-15 2026-11-15',
    ]);
  });

  it('leaves an open baseline alone also where it is planned later than the category would have it', () => {
    const protocol = protocolWith({
      baseline: { earliestMonths: 6, targetMonths: 12, latestMonths: 14 },
      intervals: {
        bandMonths: [6, 18],
        monthsByCategory: { '3': 6 },
        capMonthsByTier: { high: 6 },
      },
    });
    const events = [
      exam('us', '2026-02-01', 'US', '4'),
      pathology('p', '2026-02-10', 'benign-concordant'),
    ];
    const plan = planOf({ events, asOf: '2026-02-11', protocol });
    expect(plan.staged[0]).toBe('a1.baseline not-yet-due 2026-07-15 2027-01-15 2027-03-15');
    expect(plan.category).toBe('3');
  });

  it('brings an open interval visit forward, and lets its deferral lapse', () => {
    const events = [
      exam('b', '2026-04-15', 'MRI', '1'),
      event('f', 'deferral', '2026-04-20', { visit: 'a1.interval-1', until: '2027-10-01' }),
      exam('us', '2026-05-01', 'US', '4'),
      benign,
    ];
    const plan = planOf({ events, asOf: '2026-05-11' });
    expect(plan.staged[1]).toBe('a1.interval-1 not-yet-due 2027-02-10 2027-02-10 2027-03-10');
    expect(plan.warnings).toEqual(['deferral-lapsed f']);
  });

  it('never postpones an open interval visit', () => {
    const events = [
      exam('b', '2026-04-15', 'MRI', '3'),
      exam('us', '2026-05-01', 'US', '4'),
      benign,
    ];
    expect(interval1({ events, asOf: '2026-05-11' })).toContain(
      ' 2026-10-15 2026-10-15 2026-11-15',
    );
  });

  it('waits for the last hold', () => {
    const events = [
      exam('b', '2026-04-15', 'MRI', '4A'),
      exam('us', '2026-04-20', 'US', '5'),
      pathology('p', '2026-05-10', 'benign-concordant', { answers: ['esc.b'] }),
    ];
    const held = planOf({ events, asOf: '2026-05-11' });
    expect([held.category, held.phase]).toEqual(['4A', 'escalated']);
    expect(held.staged).toHaveLength(1);
    const all = [
      ...events,
      pathology('q', '2026-05-20', 'benign-concordant', { answers: ['esc.us'] }),
    ];
    expect(interval1({ events: all, asOf: '2026-05-21' })).toBe(
      'a1.interval-1 not-yet-due 2027-02-20 2027-02-20 2027-03-20',
    );
  });

  it('a question that holds nothing keeps nothing waiting', () => {
    const events = [
      exam('b', '2026-04-15', 'MRI', '4A'),
      exam('us', '2026-04-20', 'US', '0'),
      benign,
    ];
    const plan = planOf({ events, asOf: '2026-05-11' });
    expect(plan.phase).toBe('interval');
    expect(plan.category).toBe('3');
  });

  it('not by a decision on a question that held nothing', () => {
    const events = [
      baseline,
      exam('us', '2026-05-01', 'US', '0'),
      event('d', 'decision', '2026-05-02', { escalation: 'esc.us' }),
    ];
    const plan = planOf({ events, asOf: '2026-05-03' });
    expect(plan.category).toBe('2');
    expect(plan.staged[1]).toContain('2026-12-15 2027-01-15 2027-02-15');
  });

  it('not by a benign result that answered nothing', () => {
    const plan = planOf({ events: [baseline, benign], asOf: '2026-05-11' });
    expect(plan.category).toBe('2');
  });

  it('not by a repeat ablation: the new course starts with an assumption', () => {
    const events = [exam('b', '2026-04-15', 'MRI', '5'), event('a2', 'ablation', '2026-05-15')];
    const plan = planOf({ events, asOf: '2026-05-16', episode: { assumedBiRads: '1' } });
    expect([plan.category, plan.categoryAssumed, plan.course]).toEqual(['1', true, 2]);
    expect(plan.staged[0]).toBe('a2.baseline not-yet-due 2026-08-15 2026-08-15 2026-09-15');
  });

  it('not after the end; a reopening then shows the visits as they were', () => {
    const events = [
      exam('b', '2026-04-15', 'MRI', '2'),
      event('c', 'closure', '2026-05-01', { reason: 'lost-to-follow-up' }),
      exam('us', '2026-06-01', 'US', '5'),
      event('d', 'decision', '2026-06-10', { escalation: 'esc.us' }),
    ];
    const ended = planOf({ events, asOf: '2026-06-11' });
    expect([ended.phase, ended.category]).toEqual(['ended', '2']);
    expect(ended.escalations).toEqual(['esc.us biopsy resolved by d']);
    const reopened = planOf({
      events: [...events, event('o', 'reopening', '2026-06-12')],
      asOf: '2026-06-12',
    });
    expect(reopened.staged[1]).toBe('a1.interval-1 not-yet-due 2026-12-15 2027-01-15 2027-02-15');
    expect(reopened.phase).toBe('interval');
  });

  it('in a schedule of lanes only sets the category and opens nothing', () => {
    const events = [exam('us', '2026-04-15', 'US', '5'), benign];
    const plan = planOf({ events, asOf: '2026-05-11', protocol: lanesOnly() });
    expect([plan.category, plan.categoryAssumed, plan.phase]).toEqual(['3', false, 'routine']);
    expect(plan.staged).toEqual([]);
  });

  it('past the horizon opens a visit all the same: it is a category 3', () => {
    const protocol = protocolWith({ horizonMonths: 6, lanes: [] });
    const events = [
      exam('b', '2026-07-10', 'MRI', '4A'),
      pathology('p', '2026-07-20', 'benign-concordant'),
    ];
    const plan = planOf({ events, asOf: '2026-07-21', protocol });
    expect(plan.staged[1]).toBe('a1.interval-1 not-yet-due 2027-04-20 2027-04-20 2027-05-20');
  });
});
