import { describe, expect, it } from 'vitest';
import { event, exam, lanesOnly, planOf, protocolWith } from './case-builder.ts';

/** The verdict of the last of the exams. */
function verdict(options: Parameters<typeof planOf>[0]): string {
  return planOf({ asOf: '2030-01-01', ...options }).exams.at(-1) ?? 'no exam';
}

const closure = event('c', 'closure', '2026-03-01', { reason: 'transferred' });

describe('the verdicts come in their order', () => {
  it('after-end before other-breast', () => {
    const x = exam('x', '2026-04-15', 'MRI', '2', { laterality: 'right' });
    expect(verdict({ events: [closure, x] })).toBe('x after-end');
  });

  it('an exam on the day of the end was before it', () => {
    const events = [event('c', 'closure', '2026-04-15', { reason: 'withdrew' })];
    expect(verdict({ events: [...events, exam('x', '2026-04-15', 'MRI', '2')] })).toBe(
      'x counts a1.baseline',
    );
  });

  it('other-breast before before-ablation', () => {
    const x = exam('x', '2026-01-01', 'MRI', '2', { laterality: 'right' });
    expect(verdict({ events: [x] })).toBe('x other-breast');
  });

  it('before-ablation before incomplete; the day of the ablation belongs to it', () => {
    expect(verdict({ events: [exam('x', '2026-01-15', 'MRI', '0')] })).toBe('x before-ablation');
    expect(verdict({ events: [exam('x', '2026-01-16', 'MRI', '0')] })).toBe('x incomplete');
  });

  it('incomplete before supplementary and too-early', () => {
    const bad = { quality: 'non-diagnostic' };
    expect(verdict({ events: [exam('x', '2026-02-01', 'US', '2', bad)] })).toBe('x incomplete');
    expect(verdict({ events: [exam('x', '2026-05-01', 'MRI', undefined, bad)] })).toBe(
      'x incomplete',
    );
  });

  it('supplementary before too-early', () => {
    expect(verdict({ events: [exam('x', '2026-02-01', 'US', '2')] })).toBe('x supplementary');
    expect(verdict({ events: [exam('x', '2026-02-01', 'MRI', '2')] })).toBe('x too-early');
  });

  it('an exam of a repeat ablation’s day is before the new course', () => {
    const events = [event('a2', 'ablation', '2026-05-01'), exam('x', '2026-05-01', 'MRI', '2')];
    expect(verdict({ events })).toBe('x before-ablation');
  });
});

describe('the side', () => {
  it.each([
    [{}, 'x counts a1.baseline'],
    [{ laterality: 'left' }, 'x counts a1.baseline'],
    [{ laterality: 'bilateral' }, 'x counts a1.baseline'],
    [{ laterality: 'right' }, 'x other-breast'],
  ])('%j: %s', (side, expected) => {
    expect(verdict({ events: [exam('x', '2026-04-15', 'MRI', '2', side)] })).toBe(expected);
  });
});

describe('the modality', () => {
  const unable = [
    event('k1', 'constraint', '2026-01-20', { kind: 'claustrophobia', from: '2026-01-01' }),
    event('k2', 'constraint', '2026-01-20', {
      kind: 'egfr-below-30',
      from: '2026-01-01',
      to: '2026-04-30',
    }),
  ];

  it('listed for the visit counts, even where it is contraindicated that day', () => {
    expect(verdict({ events: [...unable, exam('x', '2026-04-20', 'MRI', '2')] })).toBe(
      'x counts a1.baseline',
    );
    const plan = planOf({
      events: [...unable, exam('x', '2026-04-20', 'MRI', '2')],
      asOf: '2026-04-21',
    });
    expect(plan.staged[0]).toContain('a1.baseline completed ');
  });

  it('of the fallback counts as limited on a day on which nothing listed is possible', () => {
    const events = [...unable, exam('x', '2026-04-30', 'US', '2')];
    expect(verdict({ events })).toBe('x counts a1.baseline');
    expect(planOf({ events, asOf: '2026-05-01' }).staged[0]).toContain('completed-limited');
  });

  it('of the fallback is supplementary the day after', () => {
    expect(verdict({ events: [...unable, exam('x', '2026-05-01', 'US', '2')] })).toBe(
      'x supplementary',
    );
  });

  it('outside the fallback is supplementary even then', () => {
    expect(verdict({ events: [...unable, exam('x', '2026-04-20', 'MG', '2')] })).toBe(
      'x supplementary',
    );
  });

  it('listed for the interval visits alone does not fill the baseline', () => {
    const protocol = protocolWith({ intervals: { modalities: ['MRI', 'CEUS'] } });
    const baseline = exam('x', '2026-04-15', 'MRI', '2');
    expect(verdict({ events: [exam('y', '2026-04-15', 'CEUS', '2')], protocol })).toBe(
      'y supplementary',
    );
    expect(verdict({ events: [baseline, exam('y', '2027-01-15', 'CEUS', '2')], protocol })).toBe(
      'y counts a1.interval-1',
    );
    expect(verdict({ events: [baseline, exam('y', '2027-01-15', 'CEM', '2')], protocol })).toBe(
      'y supplementary',
    );
  });

  it('is always supplementary where no staged visit is open', () => {
    expect(verdict({ events: [exam('x', '2026-04-15', 'MRI', '2')], protocol: lanesOnly() })).toBe(
      'x supplementary',
    );
    const suspicious = exam('x', '2026-04-15', 'MRI', '4A');
    expect(verdict({ events: [suspicious, exam('y', '2026-05-15', 'MRI', '2')] })).toBe(
      'y supplementary',
    );
  });
});

describe('the day', () => {
  it.each([
    ['2026-04-14', 'x too-early'],
    ['2026-04-15', 'x counts a1.baseline'],
    ['2029-12-31', 'x counts a1.baseline'],
  ])('%s against the baseline: %s', (date, expected) => {
    expect(verdict({ events: [exam('x', date, 'MRI', '2')] })).toBe(expected);
  });

  it.each([
    ['2026-10-14', 'x interim'],
    ['2026-10-15', 'x counts a1.interval-1'],
  ])(
    '%s against the first interval visit, which accepts two months early: %s',
    (date, expected) => {
      const events = [exam('b', '2026-04-15', 'MRI', '2'), exam('x', date, 'MRI', '2')];
      expect(verdict({ events })).toBe(expected);
    },
  );

  it('how early an interval visit accepts is the protocol’s to say', () => {
    const protocol = protocolWith({ intervals: { acceptEarlyMonths: 0 } });
    const events = (date: string) => [
      exam('b', '2026-04-15', 'MRI', '2'),
      exam('x', date, 'MRI', '2'),
    ];
    expect(verdict({ events: events('2026-12-14'), protocol })).toBe('x interim');
    expect(verdict({ events: events('2026-12-15'), protocol })).toBe('x counts a1.interval-1');
  });
});
