import { describe, expect, it } from 'vitest';
import { event, exam, pathology, planOf, scheduleOf } from './case-builder.ts';

const five = exam('five', '2026-05-20', 'US', '5');

function notes(events: Parameters<typeof planOf>[0]['events']) {
  return scheduleOf({ asOf: '2026-08-01', ...(events ? { events } : {}) }).warnings.map(
    ({ code, event: id, message }) => `${code} ${id}: ${message}`,
  );
}

describe('pathology that changes nothing says why', () => {
  it('of the other breast, also when malignant', () => {
    const events = [five, pathology('p', '2026-06-01', 'malignant', { laterality: 'right' })];
    expect(planOf({ events, asOf: '2026-06-02' }).escalations).toEqual(['esc.five biopsy overdue']);
    expect(notes(events)).toEqual([
      'pathology-of-other-breast p: Pathology p is of the other breast and changes nothing here.',
    ]);
  });

  it.each([
    ['reported on the day', '2026-01-15', {}],
    ['reported before it', '2026-01-10', {}],
    ['taken on the day', '2026-01-25', { specimenDate: '2026-01-15' }],
    ['taken before it', '2026-02-25', { specimenDate: '2025-12-01' }],
  ])('of the ablated tumor, %s', (_what, date, more) => {
    const events = [pathology('p', date, 'malignant', more)];
    expect(planOf({ events, asOf: '2026-03-01' }).escalations).toEqual([]);
    expect(notes(events)).toEqual([
      'pathology-of-ablated-tumor p: Pathology p is of tissue from the ablation’s day or earlier: it is the ablated tumor’s and changes nothing.'.replaceAll(
        '’',
        "'",
      ),
    ]);
  });

  it('but not of the day after', () => {
    const events = [pathology('p', '2026-01-25', 'malignant', { specimenDate: '2026-01-16' })];
    expect(planOf({ events, asOf: '2026-01-26' }).escalations).toEqual([
      'esc.p treatment-referral open',
    ]);
    expect(notes(events)).toEqual(['answers-nothing p: Pathology p answers no open biopsy.']);
  });

  it('of the repeat ablation’s tumor, as of the first', () => {
    const events = [
      event('a2', 'ablation', '2026-06-01'),
      pathology('p', '2026-06-20', 'malignant', { specimenDate: '2026-06-01' }),
    ];
    expect(planOf({ events, asOf: '2026-06-21' }).escalations).toEqual([]);
  });
});

describe('what a result names', () => {
  it('and finds open is answered without a word', () => {
    expect(
      notes([five, pathology('p', '2026-06-01', 'benign-concordant', { answers: ['esc.five'] })]),
    ).toEqual([]);
    expect(notes([five, pathology('p', '2026-06-01', 'benign-concordant')])).toEqual([]);
  });

  it('and does not find open is told', () => {
    const events = [
      five,
      pathology('p', '2026-06-01', 'benign-concordant', {
        answers: ['esc.five', 'esc.other', 'esc.more'],
      }),
    ];
    expect(planOf({ events, asOf: '2026-06-02' }).escalations).toEqual([
      'esc.five biopsy resolved by p',
    ]);
    expect(notes(events)).toEqual([
      'answers-nothing p: Pathology p names esc.other, esc.more, where no biopsy is open: it answers nothing there.',
    ]);
  });

  it('with an empty list is told too', () => {
    expect(
      notes([five, pathology('p', '2026-06-01', 'benign-concordant', { answers: [] })]),
    ).toEqual([
      'answers-nothing p: Pathology p says that it answers no escalation (answers is empty).',
    ]);
  });

  it('was answered before by another result', () => {
    const events = [
      five,
      pathology('p', '2026-06-01', 'benign-concordant'),
      pathology('q', '2026-06-10', 'malignant', { answers: ['esc.five'] }),
    ];
    expect(planOf({ events, asOf: '2026-06-11' }).escalations).toEqual([
      'esc.five biopsy resolved by p',
      'esc.q treatment-referral open',
    ]);
    expect(notes(events)).toEqual([
      'answers-nothing q: Pathology q names esc.five, where no biopsy is open: it answers nothing there.',
    ]);
  });

  it('could be either of two', () => {
    const events = [
      five,
      exam('six', '2026-05-21', 'US', '4'),
      pathology('p', '2026-06-01', 'benign-concordant'),
    ];
    expect(notes(events)).toEqual([
      'answers-needed p: Pathology p could answer esc.five or esc.six; it must be said which (answers). Until then none is answered.',
    ]);
    expect(planOf({ events, asOf: '2026-06-02' }).category).toBe('2');
  });
});

describe('a decision', () => {
  const decision = (escalation: string, date = '2026-06-05', id = 'd') =>
    event(id, 'decision', date, { escalation });

  it('on nothing says so', () => {
    expect(notes([decision('esc.none')])).toEqual([
      'decision-without-effect d: Decision d changes nothing: there is no escalation esc.none on that day.',
    ]);
  });

  it('on nothing says so beside another escalation too', () => {
    expect(notes([five, decision('esc.none')])).toEqual([
      'decision-without-effect d: Decision d changes nothing: there is no escalation esc.none on that day.',
    ]);
  });

  it('on what was answered says so', () => {
    const events = [
      five,
      decision('esc.five', '2026-06-01'),
      decision('esc.five', '2026-06-05', 'e'),
    ];
    expect(notes(events)).toEqual([
      'decision-without-effect e: Decision e changes nothing: esc.five was already answered.',
    ]);
    expect(planOf({ events, asOf: '2026-06-06' }).escalations).toEqual([
      'esc.five biopsy resolved by d',
    ]);
  });

  it('on one of several holds resumes nothing until the last is answered', () => {
    const events = [five, exam('six', '2026-05-21', 'MRI', '6'), decision('esc.five')];
    const held = planOf({ events, asOf: '2026-06-06' });
    expect([held.phase, held.category]).toEqual(['escalated', '6']);
    const plan = planOf({
      events: [...events, decision('esc.six', '2026-06-10', 'e')],
      asOf: '2026-06-11',
    });
    expect(plan.category).toBe('3');
    expect(plan.staged[1]).toBe('a1.interval-1 not-yet-due 2027-02-21 2027-02-21 2027-03-21');
  });

  it('on a hold leaves an open interval visit that is sooner', () => {
    const events = [exam('b', '2026-04-15', 'MRI', '3'), five, decision('esc.five')];
    const plan = planOf({ events, asOf: '2026-06-06' });
    expect(plan.staged[1]).toContain('2026-10-15 2026-10-15 2026-11-15');
    expect(plan.warnings).toEqual([]);
  });

  it('of the pathology’s day comes after it: there is nothing left to decide', () => {
    const events = [
      five,
      pathology('p', '2026-06-01', 'benign-concordant'),
      decision('esc.five', '2026-06-01', 'a'),
    ];
    expect(planOf({ events, asOf: '2026-06-02' }).escalations).toEqual([
      'esc.five biopsy resolved by p',
    ]);
  });

  it('on what a result asked for counts from the day of that result', () => {
    const events = [
      exam('b', '2026-04-15', 'MRI', '4A'),
      pathology('p', '2026-05-10', 'high-risk'),
      decision('esc.p', '2026-07-01'),
    ];
    const plan = planOf({ events, asOf: '2026-07-02' });
    expect(plan.escalations).toEqual([
      'esc.b biopsy resolved by p',
      'esc.p treatment-referral resolved by d',
    ]);
    expect(plan.staged[1]).toBe('a1.interval-1 not-yet-due 2027-02-10 2027-02-10 2027-03-10');
  });
});
