import { describe, expect, it } from 'vitest';
import { type Day, formatDay, parseDay } from '../../src/domain/civil-date.ts';
import { raise } from '../../src/engine/escalations.ts';
import type { Exam } from '../../src/history/case-history.ts';
import type { Trigger } from '../../src/plan/schedule.ts';
import {
  DEFAULT_PROTOCOL,
  event,
  exam,
  pathology,
  planOf,
  protocolWith,
  scheduleOf,
} from './case-builder.ts';

const day = parseDay('2026-07-15') as Day;
const subject: Exam = { type: 'imaging', id: 'x', date: day, modality: 'US', biRads: '2' };

function trigger(
  id: string,
  action: Trigger['action'],
  withinDays: number,
  more: Partial<Trigger> = {},
): Trigger {
  return { id, action, withinDays, modality: null, rule: 'escalation-by-category', ...more };
}

describe('one escalation of several triggers', () => {
  it('takes the most urgent action and the shortest deadline, be they of different triggers', () => {
    const escalation = raise(
      subject,
      [
        trigger('a', 'complete-assessment', 3),
        trigger('b', 'biopsy', 14),
        trigger('c', 'obtain-report', 7),
      ],
      1,
      DEFAULT_PROTOCOL,
    );
    expect(escalation).toMatchObject({
      key: 'esc.x',
      eventId: 'x',
      action: 'biopsy',
      modality: null,
    });
    expect(escalation.triggers.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(formatDay(escalation.raisedOn)).toBe('2026-07-15');
    expect(formatDay(escalation.dueBy)).toBe('2026-07-18');
  });

  it.each([
    ['treatment-referral', 'biopsy'],
    ['biopsy', 'advanced-imaging'],
    ['advanced-imaging', 'complete-assessment'],
    ['complete-assessment', 'obtain-report'],
  ] as const)('%s is more urgent than %s, in either order', (more, less) => {
    const both = [trigger('a', more, 9), trigger('b', less, 9)];
    expect(raise(subject, both, 1, DEFAULT_PROTOCOL).action).toBe(more);
    expect(raise(subject, [...both].reverse(), 1, DEFAULT_PROTOCOL).action).toBe(more);
  });

  it('what is urgent is the protocol’s to say', () => {
    const protocol = protocolWith({
      escalation: {
        urgency: [
          'obtain-report',
          'complete-assessment',
          'advanced-imaging',
          'biopsy',
          'treatment-referral',
        ],
      },
    });
    const both = [trigger('a', 'biopsy', 9), trigger('b', 'obtain-report', 9)];
    expect(raise(subject, both, 1, protocol).action).toBe('obtain-report');
  });

  it('keeps the modality that a finding asked for beside a category that asks for the same without one', () => {
    const protocol = protocolWith({
      escalation: { byCategory: { '4A': { action: 'advanced-imaging', withinDays: 20 } } },
    });
    const findings = { enhancement: { present: true, change: 'new' } };
    const events = [exam('us', '2026-07-15', 'US', '4A', { findings })];
    expect(planOf({ events, protocol, asOf: '2026-07-16' }).escalations).toEqual([
      'esc.us advanced-imaging:MRI open',
    ]);
  });
});

describe('a finding beside a harmless category', () => {
  const finding = trigger('new-enhancement', 'biopsy', 14, { rule: 'escalation-by-finding' });

  it.each(['1', '2', '3'] as const)('BI-RADS %s is a conflict to be confirmed', (biRads) => {
    expect(raise({ ...subject, biRads }, [finding], 1, DEFAULT_PROTOCOL).conflict).toBe(biRads);
  });

  it.each(['0', '4', '5', '6', undefined] as const)('BI-RADS %s is none', (biRads) => {
    expect(raise({ ...subject, biRads }, [finding], 1, DEFAULT_PROTOCOL).conflict).toBeNull();
  });

  it('a trigger that is no finding is none', () => {
    expect(raise(subject, [trigger('a', 'biopsy', 1)], 1, DEFAULT_PROTOCOL).conflict).toBeNull();
  });
});

describe('the deadline', () => {
  it.each([
    ['2026-07-22', 'open'],
    ['2026-07-23', 'overdue'],
  ])('on %s a biopsy due by 22 July is %s', (asOf, status) => {
    const events = [exam('x', '2026-07-15', 'US', '5')];
    expect(planOf({ events, asOf }).escalations).toEqual([`esc.x biopsy ${status}`]);
  });
});

describe('a question for a complete assessment', () => {
  const zero = exam('zero', '2026-04-20', 'MRI', '0');
  const answered = (...events: Parameters<typeof exam>[]) =>
    planOf({ asOf: '2026-06-01', events: [zero, ...events.map((args) => exam(...args))] })
      .escalations[0];

  it.each([
    ['another exam of the same day', 'y', '2026-04-20', 'US', '2', {}],
    ['one of the same day, though its id sorts before', 'a', '2026-04-20', 'US', '2', {}],
    ['a later one of any modality', 'y', '2026-05-20', 'MG', '1', {}],
    ['a suspicious one', 'y', '2026-05-20', 'US', '4A', {}],
    ['one of both breasts', 'y', '2026-05-20', 'US', '2', { laterality: 'bilateral' }],
  ] as const)('is answered by %s', (_what, id, date, modality, biRads, more) => {
    expect(answered([id, date, modality, biRads, more])).toBe(
      `esc.zero complete-assessment resolved by ${id}`,
    );
  });

  it.each([
    ['an earlier exam', 'y', '2026-04-19', 'US', '2', {}],
    ['another 0', 'y', '2026-05-20', 'US', '0', {}],
    ['a non-diagnostic exam', 'y', '2026-05-20', 'US', '2', { quality: 'non-diagnostic' }],
    ['the other breast', 'y', '2026-05-20', 'US', '2', { laterality: 'right' }],
    ['an exam whose report is awaited', 'y', '2026-05-20', 'US', undefined, {}],
  ] as const)('is not answered by %s', (_what, id, date, modality, biRads, more) => {
    expect(answered([id, date, modality, biRads, more])).toBe(
      'esc.zero complete-assessment overdue',
    );
  });

  it('is answered by the first of several, and that never changes again', () => {
    expect(answered(['z', '2026-04-20', 'US', '2'], ['b', '2026-05-01', 'MRI', '2'])).toBe(
      'esc.zero complete-assessment resolved by z',
    );
    expect(answered(['b', '2026-04-20', 'US', '2'], ['a', '2026-04-20', 'MG', '2'])).toBe(
      'esc.zero complete-assessment resolved by a',
    );
  });
});

describe('a question for advanced imaging', () => {
  const asking = exam('us', '2026-05-20', 'US', '2', {
    findings: { enhancement: { present: true, change: 'new' } },
  });
  const baseline = exam('b', '2026-04-15', 'CEM', '2');
  const answered = (modality: string, biRads?: string, date = '2026-06-01') =>
    planOf({
      asOf: '2026-06-02',
      events: [baseline, asking, exam('y', date, modality, biRads)],
    }).escalations[0];

  it('is answered by the study that it asked for', () => {
    expect(answered('MRI', '2')).toBe('esc.us advanced-imaging:MRI resolved by y');
    expect(answered('MRI', '2', '2026-05-20')).toBe('esc.us advanced-imaging:MRI resolved by y');
    expect(answered('MRI', '4B')).toBe('esc.us advanced-imaging:MRI resolved by y');
  });

  it.each([
    ['CEM', '2'],
    ['PET-CT', '2'],
    ['MRI', '0'],
    ['MRI', undefined],
  ])('is not answered by %s with BI-RADS %s', (modality, biRads) => {
    expect(answered(modality, biRads)).toBe('esc.us advanced-imaging:MRI open');
  });

  it('is not answered by tissue', () => {
    const events = [baseline, asking, pathology('p', '2026-06-01', 'benign-concordant')];
    const plan = planOf({ asOf: '2026-06-02', events });
    expect(plan.escalations).toEqual(['esc.us advanced-imaging:MRI open']);
    expect(plan.warnings).toEqual(['answers-nothing p']);
  });

  it('does not hold the visits', () => {
    const plan = planOf({ asOf: '2026-06-02', events: [baseline, asking] });
    expect(plan.phase).toBe('interval');
    expect(plan.staged[1]).toContain('a1.interval-1 not-yet-due');
  });
});

describe('a question for biopsy', () => {
  const five = exam('five', '2026-05-20', 'US', '5');
  const answered = (...more: readonly Parameters<typeof pathology>[]) =>
    planOf({ asOf: '2026-07-01', events: [five, ...more.map((args) => pathology(...args))] })
      .escalations[0];

  it('is not answered by imaging', () => {
    const events = [five, exam('y', '2026-05-25', 'MRI', '2')];
    expect(planOf({ asOf: '2026-07-01', events }).escalations).toEqual(['esc.five biopsy overdue']);
  });

  it.each([
    ['the day after', '2026-05-21', {}, true],
    ['the same day without a specimen date', '2026-05-20', {}, false],
    ['a specimen of the same day', '2026-05-25', { specimenDate: '2026-05-20' }, true],
    ['a specimen of the day before', '2026-05-25', { specimenDate: '2026-05-19' }, false],
    [
      'an older specimen that names it',
      '2026-05-25',
      { specimenDate: '2026-05-19', answers: ['esc.five'] },
      true,
    ],
    ['the same day, naming it', '2026-05-20', { answers: ['esc.five'] }, true],
    ['an empty list of answers', '2026-05-25', { answers: [] }, false],
    ['a list that names another', '2026-05-25', { answers: ['esc.other'] }, false],
    ['both breasts', '2026-05-25', { laterality: 'bilateral' }, true],
    ['the other breast', '2026-05-25', { laterality: 'right', answers: ['esc.five'] }, false],
  ] as const)('tissue: %s', (_what, date, more, answers) => {
    expect(answered(['p', date, 'benign-concordant', more])).toBe(
      answers ? 'esc.five biopsy resolved by p' : 'esc.five biopsy overdue',
    );
  });

  it('of two, both are answered by a result that names both', () => {
    const events = [
      five,
      exam('six', '2026-05-21', 'US', '4A'),
      pathology('p', '2026-05-25', 'benign-concordant', { answers: ['esc.six', 'esc.five'] }),
    ];
    const plan = planOf({ asOf: '2026-07-01', events });
    expect(plan.escalations).toEqual([
      'esc.five biopsy resolved by p',
      'esc.six biopsy resolved by p',
    ]);
    expect(plan.category).toBe('3');
  });

  it('of two, the one raised by the specimen’s day is answered without being named', () => {
    const events = [
      five,
      exam('six', '2026-05-23', 'US', '4A'),
      pathology('p', '2026-05-25', 'benign-concordant', { specimenDate: '2026-05-22' }),
    ];
    expect(planOf({ asOf: '2026-05-26', events }).escalations).toEqual([
      'esc.five biopsy resolved by p',
      'esc.six biopsy open',
    ]);
  });

  it('of two, none is answered by a result that could mean either', () => {
    const events = [
      five,
      exam('six', '2026-05-23', 'US', '4A'),
      pathology('p', '2026-05-25', 'malignant'),
    ];
    const plan = planOf({ asOf: '2026-05-26', events });
    expect(plan.escalations).toEqual([
      'esc.five biopsy open',
      'esc.six biopsy open',
      'esc.p treatment-referral open',
    ]);
    expect(plan.warnings).toEqual(['answers-needed p']);
  });

  it('a treatment referral is not answered by tissue', () => {
    const events = [
      exam('six', '2026-05-20', 'MRI', '6'),
      pathology('p', '2026-05-25', 'benign-concordant', { answers: ['esc.six'] }),
    ];
    const plan = planOf({ asOf: '2026-05-26', events });
    expect(plan.escalations).toEqual(['esc.six treatment-referral open']);
    expect(plan.warnings).toEqual(['answers-nothing p']);
  });
});

describe('what a pathology result asks for', () => {
  it.each([
    ['benign-discordant', 'biopsy'],
    ['non-diagnostic', 'biopsy'],
    ['high-risk', 'treatment-referral'],
    ['malignant', 'treatment-referral'],
  ])('%s: %s within 14 days, though it answered nothing', (result, action) => {
    const schedule = scheduleOf({
      asOf: '2026-05-26',
      events: [pathology('p', '2026-05-25', result)],
    });
    expect(schedule.escalations).toMatchObject([
      { key: 'esc.p', source: 'pathology', action, modality: null, conflict: null, status: 'open' },
    ]);
    expect(schedule.escalations[0]?.triggers).toEqual([
      {
        id: `pathology-${result}`,
        action,
        modality: null,
        withinDays: 14,
        rule: 'escalation-by-pathology',
      },
    ]);
    expect(schedule.escalations[0]?.dueBy).toBe(parseDay('2026-06-08'));
  });

  it('benign-concordant: nothing', () => {
    const events = [pathology('p', '2026-05-25', 'benign-concordant')];
    expect(planOf({ asOf: '2026-05-26', events }).escalations).toEqual([]);
  });

  it('a discordant result answers the biopsy and asks for another', () => {
    const events = [
      exam('five', '2026-05-20', 'US', '5'),
      pathology('p', '2026-05-25', 'benign-discordant'),
      pathology('q', '2026-06-05', 'benign-concordant'),
    ];
    expect(planOf({ asOf: '2026-06-06', events }).escalations).toEqual([
      'esc.five biopsy resolved by p',
      'esc.p biopsy resolved by q',
    ]);
  });
});

describe('any question is answered', () => {
  const asked = exam('x', '2026-05-20', 'US', '0');
  const decision = (date: string, key = 'esc.x') =>
    event('d', 'decision', date, { escalation: key });

  it.each([
    ['by a decision', [decision('2026-05-25')], 'resolved by d'],
    ['by a decision of the same day', [decision('2026-05-20')], 'resolved by d'],
    ['by a repeat ablation', [event('a2', 'ablation', '2026-05-25')], 'resolved by a2'],
    ['by surgery', [event('s', 'surgery', '2026-05-25')], 'closed by s'],
    ['by a closure', [event('c', 'closure', '2026-05-25', { reason: 'withdrew' })], 'closed by c'],
    ['by none of a decision on another', [decision('2026-05-25', 'esc.y')], 'open'],
    ['by none of an earlier decision', [decision('2026-05-19')], 'open'],
  ])('%s', (_what, events, expected) => {
    expect(planOf({ asOf: '2026-05-26', events: [asked, ...events] }).escalations).toEqual([
      `esc.x complete-assessment ${expected}`,
    ]);
  });

  it('once only: a later answer changes nothing', () => {
    const events = [
      asked,
      exam('y', '2026-05-21', 'US', '2'),
      decision('2026-05-25'),
      event('c', 'closure', '2026-05-26', { reason: 'withdrew' }),
    ];
    const plan = planOf({ asOf: '2026-05-27', events });
    expect(plan.escalations).toEqual(['esc.x complete-assessment resolved by y']);
    expect(plan.warnings).toEqual(['decision-without-effect d']);
    const answered = scheduleOf({ asOf: '2026-05-27', events }).escalations[0];
    expect(answered?.answeredOn).toBe(parseDay('2026-05-21'));
  });

  it('a report awaited is gone with its report, not resolved', () => {
    const events = [
      exam('x', '2026-05-20', 'US'),
      event('r', 'report', '2026-05-28', { of: 'x', biRads: '2' }),
    ];
    expect(planOf({ asOf: '2026-05-27', events }).escalations).toEqual([
      'esc.x obtain-report open',
    ]);
    expect(planOf({ asOf: '2026-05-28', events }).escalations).toEqual([]);
  });
});
