import { describe, expect, it } from 'vitest';
import { event, exam, pathology, planOf, scheduleOf } from './case-builder.ts';

const baseline = exam('b', '2026-04-15', 'MRI', '2');
const closure = (id: string, date: string, reason = 'transferred') =>
  event(id, 'closure', date, { reason });
const suspicious = (id: string, date: string) => exam(id, date, 'US', '5');

describe('the end of surveillance', () => {
  it('closes what is open and leaves what was answered', () => {
    const events = [
      exam('us', '2026-05-01', 'US', '0'),
      exam('u2', '2026-05-01', 'US', '2'),
      suspicious('x', '2026-05-03'),
      closure('c', '2026-05-10'),
    ];
    expect(planOf({ events, asOf: '2026-05-11' }).escalations).toEqual([
      'esc.us complete-assessment resolved by u2',
      'esc.x biopsy closed by c',
    ]);
  });

  it('a suspicious exam after it is open, and stays so', () => {
    const events = [closure('c', '2026-05-10', 'lost-to-follow-up'), suspicious('x', '2026-06-01')];
    const plan = planOf({ events, asOf: '2027-06-01' });
    expect(plan.phase).toBe('escalated');
    expect(plan.exams).toEqual(['x after-end']);
    expect(plan.escalations).toEqual(['esc.x biopsy overdue']);
    expect(plan.staged).toEqual([]);
    expect(plan.lanes).toEqual([]);
  });

  it('what was asked after it is answered as ever', () => {
    const events = [
      closure('c', '2026-05-10'),
      exam('x', '2026-06-01', 'US', '0'),
      suspicious('y', '2026-06-02'),
      pathology('p', '2026-06-20', 'benign-concordant'),
    ];
    const plan = planOf({ events, asOf: '2026-06-21' });
    expect(plan.escalations).toEqual([
      'esc.x complete-assessment resolved by y',
      'esc.y biopsy resolved by p',
    ]);
    expect(plan.phase).toBe('ended');
  });

  it('an unreported exam and a finding after it raise questions too', () => {
    const findings = { metabolicActivity: { present: true } };
    const events = [
      closure('c', '2026-05-10'),
      exam('x', '2026-06-01', 'MRI'),
      exam('y', '2026-06-02', 'MRI', '2', { findings }),
    ];
    expect(planOf({ events, asOf: '2026-06-03' }).escalations).toEqual([
      'esc.x obtain-report open',
      'esc.y biopsy open',
    ]);
  });

  it('pathology after it raises a question', () => {
    const events = [closure('c', '2026-05-10'), pathology('p', '2026-06-01', 'malignant')];
    expect(planOf({ events, asOf: '2026-06-03' }).escalations).toEqual([
      'esc.p treatment-referral open',
    ]);
  });

  it('by death raises nothing any more', () => {
    const events = [
      closure('c', '2026-05-10', 'death'),
      suspicious('x', '2026-06-01'),
      pathology('p', '2026-06-01', 'malignant'),
    ];
    const plan = planOf({ events, asOf: '2026-06-03' });
    expect(plan.escalations).toEqual([]);
    expect(plan.exams).toEqual(['x after-end']);
    expect(plan.phase).toBe('ended');
  });

  it('by surgery is no death', () => {
    const events = [event('s', 'surgery', '2026-05-10'), suspicious('x', '2026-06-01')];
    expect(planOf({ events, asOf: '2026-06-03' }).escalations).toEqual(['esc.x biopsy open']);
  });

  it('a death taken back by a correction never happened', () => {
    const events = [
      closure('c', '2026-05-10', 'death'),
      suspicious('x', '2026-06-01'),
      event('k', 'correction', '2026-06-02', { of: 'c' }),
    ];
    const plan = planOf({ events, asOf: '2026-06-03' });
    expect(plan.escalations).toEqual(['esc.x biopsy open']);
    expect(plan.exams).toEqual(['x supplementary']);
  });

  it('the first one stands, and a later one is said to change nothing', () => {
    const events = [
      closure('c', '2026-05-10'),
      closure('d', '2026-05-20', 'death'),
      suspicious('x', '2026-06-01'),
    ];
    const schedule = scheduleOf({ events, asOf: '2026-06-03' });
    expect(schedule.endedBy).toBe('c');
    expect(schedule.escalations).toHaveLength(1);
    expect(schedule.warnings).toEqual([
      {
        code: 'already-ended',
        event: 'd',
        message:
          'The closure d ends nothing: surveillance had already ended (c), and that first end stands.',
      },
    ]);
  });

  it('a second closure closes what was raised after the first', () => {
    const events = [
      closure('c', '2026-05-10'),
      suspicious('x', '2026-06-01'),
      closure('d', '2026-06-10'),
    ];
    expect(planOf({ events, asOf: '2026-06-11' }).escalations).toEqual([
      'esc.x biopsy closed by d',
    ]);
  });
});

describe('a reopening', () => {
  const reopening = (date: string, id = 'o') => event(id, 'reopening', date);

  it('shows the visits as they were', () => {
    const events = [baseline, closure('c', '2026-05-10'), reopening('2027-03-01')];
    const plan = planOf({ events, asOf: '2027-03-01' });
    expect(plan.phase).toBe('interval');
    expect(plan.staged[1]).toBe('a1.interval-1 overdue 2026-12-15 2027-01-15 2027-02-15');
    expect(plan.lanes).toHaveLength(5);
    expect(plan.warnings).toEqual([]);
  });

  it('opens again what the end closed, and nothing that came in between answers it', () => {
    const events = [
      suspicious('x', '2026-05-01'),
      closure('c', '2026-05-10'),
      pathology('p', '2026-06-01', 'benign-concordant', { answers: ['esc.x'] }),
      event('d', 'decision', '2026-06-02', { escalation: 'esc.x' }),
      reopening('2026-07-01'),
    ];
    const plan = planOf({ events, asOf: '2026-07-01' });
    expect(plan.escalations).toEqual(['esc.x biopsy overdue']);
    expect(plan.phase).toBe('escalated');
    expect(plan.warnings).toEqual(['answers-nothing p', 'decision-without-effect d']);
    const answered = scheduleOf({ events, asOf: '2026-07-01' }).escalations[0];
    expect([answered?.answeredBy, answered?.answeredOn]).toEqual([null, null]);
  });

  it('what it opened is answered by what comes after', () => {
    const events = [
      suspicious('x', '2026-05-01'),
      closure('c', '2026-05-10'),
      reopening('2026-07-01'),
      pathology('p', '2026-07-10', 'benign-concordant'),
    ];
    const plan = planOf({ events, asOf: '2026-07-11' });
    expect(plan.escalations).toEqual(['esc.x biopsy resolved by p']);
    expect(plan.category).toBe('3');
  });

  it('leaves what was answered before the end answered', () => {
    const events = [
      suspicious('x', '2026-05-01'),
      pathology('p', '2026-05-05', 'benign-concordant'),
      closure('c', '2026-05-10'),
      reopening('2026-07-01'),
    ];
    expect(planOf({ events, asOf: '2026-07-01' }).escalations).toEqual([
      'esc.x biopsy resolved by p',
    ]);
  });

  it('after two closures opens again what either closed: a suspicious finding is never swallowed', () => {
    const events = [
      suspicious('x', '2026-05-01'),
      closure('c', '2026-05-10'),
      suspicious('y', '2026-06-01'),
      closure('d', '2026-06-10'),
      reopening('2026-07-01'),
    ];
    expect(planOf({ events, asOf: '2026-07-01' }).escalations).toEqual([
      'esc.x biopsy overdue',
      'esc.y biopsy overdue',
    ]);
  });

  it('and another end: the second end closes all again', () => {
    const events = [
      suspicious('x', '2026-05-01'),
      closure('c', '2026-05-10'),
      reopening('2026-07-01'),
      closure('d', '2026-07-10'),
    ];
    const plan = planOf({ events, asOf: '2026-07-11' });
    expect(plan.escalations).toEqual(['esc.x biopsy closed by d']);
    expect(plan.phase).toBe('ended');
    expect(plan.warnings).toEqual([]);
  });

  it('does not open again what an earlier course’s end closed', () => {
    const events = [
      suspicious('x', '2026-05-01'),
      closure('c', '2026-05-10'),
      event('a2', 'ablation', '2026-06-01'),
      closure('d', '2026-07-10'),
      reopening('2026-08-01'),
    ];
    expect(planOf({ events, asOf: '2026-08-01' }).escalations).toEqual([
      'esc.x biopsy closed by c',
    ]);
  });

  it('of the closure’s day comes after it', () => {
    const events = [baseline, closure('c', '2026-05-10'), reopening('2026-05-10', 'a')];
    expect(planOf({ events, asOf: '2026-05-10' }).phase).toBe('interval');
  });

  it('of surveillance that had not ended changes nothing, with a warning', () => {
    const events = [baseline, reopening('2026-05-10')];
    expect(scheduleOf({ events, asOf: '2026-05-10' }).warnings).toEqual([
      {
        code: 'reopening-without-effect',
        event: 'o',
        message: 'Reopening o changes nothing: surveillance had not ended.',
      },
    ]);
  });

  it('of an episode closed by death works, with a warning', () => {
    const events = [baseline, closure('c', '2026-05-10', 'death'), reopening('2026-06-01')];
    const schedule = scheduleOf({ events, asOf: '2026-06-01' });
    expect(schedule.phase).toBe('interval');
    expect(schedule.warnings).toEqual([
      {
        code: 'reopened-after-death',
        event: 'o',
        message:
          'Surveillance had ended with a death (c). A death entered by mistake should be taken back by a correction.',
      },
    ]);
  });

  it('an exam in between filled no visit, staged or lane, and is not taken up again', () => {
    const events = [
      closure('c', '2026-05-10'),
      exam('x', '2026-06-10', 'CEM', '2'),
      exam('m', '2032-01-15', 'MG', '1'),
      reopening('2032-02-01'),
    ];
    const plan = planOf({ events, asOf: '2032-02-01' });
    expect(plan.exams).toEqual(['x after-end', 'm after-end']);
    expect(plan.staged[0]).toContain('a1.baseline overdue');
    expect(plan.lanes[0]).toContain('a1.routine-72 due');
    expect(scheduleOf({ events, asOf: '2032-02-01' }).exams.flatMap(({ lanes }) => lanes)).toEqual(
      [],
    );
  });

  it('an exam in between is a comparison for later ones', () => {
    const zone = (longestMm: number) => ({ findings: { zone: { longestMm } } });
    const events = [
      closure('c', '2026-05-10'),
      exam('x', '2026-06-10', 'MRI', '2', zone(20)),
      reopening('2026-07-01'),
      exam('y', '2026-08-10', 'MRI', '2', zone(30)),
    ];
    expect(planOf({ events, asOf: '2026-08-10' }).escalations).toEqual(['esc.y biopsy open']);
  });
});

describe('a repeat ablation', () => {
  it('starts the next course: new keys, new dates, the assumption again, the tier high', () => {
    const events = [exam('b', '2026-04-15', 'MRI', '3'), event('a2', 'ablation', '2026-08-31')];
    const plan = planOf({ events, asOf: '2026-09-01' });
    expect(plan).toMatchObject({
      course: 2,
      category: '2',
      categoryAssumed: true,
      tier: 'high',
      tierFactors: ['repeat-ablation'],
      phase: 'awaiting-baseline',
    });
    expect(plan.staged.slice(0, 2)).toEqual([
      'a2.baseline not-yet-due 2026-11-30 2026-11-30 2026-12-31',
      'a2.interval-1 forecast 2027-05-31 2027-05-31 2027-06-30',
    ]);
    expect(plan.exams).toEqual(['b counts a1.baseline']);
  });

  it('has its own procedure facts', () => {
    const episode = { ablation: { minimumMarginMm: 4, freezeThawCycles: 1 } };
    const events = [
      event('a2', 'ablation', '2026-08-31', { minimumMarginMm: 12, freezeThawCycles: 2 }),
    ];
    expect(planOf({ episode, asOf: '2026-02-01' }).tierFactors).toEqual([
      'margin-under-5-mm',
      'single-freeze-thaw-cycle',
    ]);
    expect(planOf({ episode, events, asOf: '2026-09-01' }).tierFactors).toEqual([
      'repeat-ablation',
    ]);
  });

  it('resolves everything that was open', () => {
    const events = [
      suspicious('x', '2026-05-01'),
      exam('y', '2026-05-02', 'US'),
      event('a2', 'ablation', '2026-05-20'),
    ];
    expect(planOf({ events, asOf: '2026-05-21' }).escalations).toEqual([
      'esc.x biopsy resolved by a2',
      'esc.y obtain-report resolved by a2',
    ]);
  });

  it('after the end starts again, with a warning, and leaves closed what the end closed', () => {
    const events = [
      suspicious('x', '2026-05-01'),
      closure('c', '2026-05-10'),
      suspicious('y', '2026-05-12'),
      event('a2', 'ablation', '2026-06-01'),
    ];
    const schedule = scheduleOf({ events, asOf: '2026-06-02' });
    expect(schedule.phase).toBe('awaiting-baseline');
    expect(schedule.endedBy).toBeNull();
    expect(planOf({ events, asOf: '2026-06-02' }).escalations).toEqual([
      'esc.x biopsy closed by c',
      'esc.y biopsy resolved by a2',
    ]);
    expect(schedule.warnings).toEqual([
      {
        code: 'ablation-after-end',
        event: 'a2',
        message: 'Surveillance had ended (c); the repeat ablation a2 starts it again.',
      },
    ]);
  });

  it('of the day of a suspicious exam answers nothing of it: the exam is before the new course', () => {
    const events = [suspicious('x', '2026-05-01'), event('a2', 'ablation', '2026-05-01')];
    const plan = planOf({ events, asOf: '2026-05-02' });
    expect(plan.exams).toEqual(['x before-ablation']);
    expect(plan.escalations).toEqual([]);
  });

  it('leaves exams of the old course out of every comparison', () => {
    const zone = (longestMm: number) => ({ findings: { zone: { longestMm } } });
    const events = [
      exam('x', '2026-04-15', 'MRI', '2', zone(20)),
      event('a2', 'ablation', '2026-06-01'),
      exam('y', '2026-09-01', 'MRI', '2', zone(40)),
    ];
    expect(planOf({ events, asOf: '2026-09-01' }).escalations).toEqual([]);
  });

  it('twice gives a third course', () => {
    const events = [event('a2', 'ablation', '2026-06-01'), event('a3', 'ablation', '2026-07-01')];
    const plan = planOf({ events, asOf: '2026-07-02' });
    expect(plan.course).toBe(3);
    expect(plan.staged[0]).toContain('a3.baseline not-yet-due 2026-10-01');
    const schedule = scheduleOf({ events, asOf: '2026-07-02' });
    expect(schedule.ablation).toMatchObject({ kind: 'ablation', eventId: 'a3' });
  });
});

describe('a surgery whose reason happens to be the word death', () => {
  const surgery = event('s', 'surgery', '2026-05-10', { reason: 'death' });

  it('is a surgery: what comes after it is raised, and a reopening needs no warning', () => {
    const events = [surgery, suspicious('x', '2026-06-01')];
    expect(planOf({ events, asOf: '2026-06-02' }).escalations).toEqual(['esc.x biopsy open']);
    const reopened = [surgery, event('o', 'reopening', '2026-06-01')];
    expect(planOf({ events: reopened, asOf: '2026-06-02' }).warnings).toEqual([]);
  });
});
