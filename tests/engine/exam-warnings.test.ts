import { describe, expect, it } from 'vitest';
import { event, exam, pathology, scheduleOf } from './case-builder.ts';

const death = event('c', 'closure', '2026-05-01', { reason: 'death' });

function codes(...events: Parameters<typeof scheduleOf>[0]['events'] & object): string[] {
  return scheduleOf({ asOf: '2026-12-31', events }).warnings.map(
    ({ code, event: id }) => `${code} ${id}`,
  );
}

describe('nothing suspicious is swallowed', () => {
  it('in the other breast, which nobody follows here', () => {
    const other = { laterality: 'right' };
    expect(codes(exam('x', '2026-04-20', 'MRI', '4A', other))).toEqual([
      'suspicious-in-other-breast x',
    ]);
    expect(codes(exam('x', '2026-04-20', 'MRI', '3', other))).toEqual([]);
    expect(codes(exam('x', '2026-04-20', 'MRI', '0', other))).toEqual([]);
  });

  it('after a death, where nothing is raised', () => {
    expect(codes(death, exam('x', '2026-06-01', 'MRI', '5'))).toEqual(['suspicious-after-death x']);
    expect(codes(death, exam('x', '2026-06-01', 'MRI', '2'))).toEqual([]);
    expect(codes(death, pathology('p', '2026-06-01', 'malignant'))).toContain(
      'pathology-after-death p',
    );
  });

  it('after another end it is raised, and needs no warning', () => {
    const lost = event('c', 'closure', '2026-05-01', { reason: 'lost-to-follow-up' });
    expect(codes(lost, exam('x', '2026-06-01', 'MRI', '5'))).toEqual([]);
  });

  it('on an exam that was not diagnostic', () => {
    const findings = { enhancement: { present: true, pattern: 'mass' } };
    const poor = { quality: 'non-diagnostic', findings };
    expect(codes(exam('x', '2026-04-20', 'MRI', '2', poor))).toEqual(['findings-not-diagnostic x']);
    expect(codes(exam('x', '2026-04-20', 'MRI', '2', { quality: 'non-diagnostic' }))).toEqual([]);
  });
});

describe('an event that changes nothing is told', () => {
  it.each(['surgery', 'suspension', 'resumption'])('%s before the ablation', (type) => {
    expect(codes(event('e', type, '2026-01-02'))).toContain('event-before-ablation e');
    expect(codes(event('e', type, '2026-01-15'))).not.toContain('event-before-ablation e');
  });

  it('a second decline of a lane visit, and its deferral after that', () => {
    const visit = { visit: 'a1.routine-72' };
    const declined = event('d1', 'decline', '2026-03-01', visit);
    expect(codes(declined, event('d2', 'decline', '2026-03-02', visit))).toEqual([
      'decline-without-effect d2',
    ]);
    const deferral = event('f', 'deferral', '2026-03-02', { ...visit, until: '2032-04-01' });
    expect(codes(declined, deferral)).toEqual(['deferral-of-settled-visit f']);
  });

  it('a suspension after the end, inside a longer one, or that ends before it begins', () => {
    const end = event('c', 'closure', '2026-03-01', { reason: 'withdrew' });
    expect(codes(end, event('s', 'suspension', '2026-03-02'))).toEqual([
      'suspension-without-effect s',
    ]);
    const long = event('s1', 'suspension', '2026-03-01', { until: '2026-05-01' });
    const inside = event('s2', 'suspension', '2026-03-10', { until: '2026-04-01' });
    expect(codes(long, inside)).toEqual(['suspension-without-effect s2']);
    const backwards = event('s', 'suspension', '2026-03-10', { until: '2026-03-09' });
    expect(codes(backwards)).toEqual(['suspension-without-effect s']);
  });
});

describe('what a report leaves unsaid', () => {
  const enhancing = exam('x', '2026-04-20', 'MRI', undefined, {
    findings: { enhancement: { present: true, pattern: 'mass' } },
  });
  const report = (findings: object) =>
    event('r', 'report', '2026-04-25', { of: 'x', biRads: '2', findings });

  it('empty findings are none: those of the exam stand, and ask for what they asked', () => {
    const schedule = scheduleOf({ asOf: '2026-04-26', events: [enhancing, report({})] });
    expect(schedule.escalations.map(({ key, status }) => `${key} ${status}`)).toEqual([
      'esc.x open',
    ]);
    expect(schedule.warnings).toEqual([]);
  });

  it('findings of another kind replace those of the exam, and the plan says what is gone', () => {
    const schedule = scheduleOf({
      asOf: '2026-04-26',
      events: [enhancing, report({ zone: { longestMm: 24 } })],
    });
    expect(schedule.escalations).toEqual([]);
    expect(schedule.warnings).toMatchObject([
      {
        code: 'findings-not-in-report',
        event: 'x',
        message: expect.stringContaining('enhancement'),
      },
    ]);
  });
});

describe('a specimen that is older than the question', () => {
  it('answers what it is said to answer, with a warning', () => {
    const suspicious = exam('x', '2026-04-20', 'MRI', '4A');
    const answers = { answers: ['esc.x'] };
    const taken = (specimenDate: string) =>
      codes(
        suspicious,
        pathology('p', '2026-05-02', 'benign-concordant', { ...answers, specimenDate }),
      );
    expect(taken('2026-04-19')).toEqual(['specimen-before-finding p']);
    expect(taken('2026-04-20')).toEqual([]);
  });
});
