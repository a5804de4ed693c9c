import { describe, expect, it } from 'vitest';
import { event, exam, pathology, planOf } from './case-builder.ts';

describe('events of one day take effect in their order', () => {
  it('the exam before the result, the result before the decision, whatever their ids', () => {
    const events = [
      event('a', 'decision', '2026-05-01', { escalation: 'esc.z' }),
      pathology('b', '2026-05-01', 'benign-discordant', { specimenDate: '2026-05-01' }),
      exam('z', '2026-05-01', 'US', '5'),
    ];
    expect(planOf({ events, asOf: '2026-05-02' }).escalations).toEqual([
      'esc.z biopsy resolved by b',
      'esc.b biopsy open',
    ]);
  });

  it('the exam before the closure: it counts, and its question is closed', () => {
    const events = [
      event('a', 'closure', '2026-05-01', { reason: 'completed' }),
      exam('z', '2026-05-01', 'MRI', '0'),
    ];
    const plan = planOf({ events, asOf: '2026-05-02' });
    expect(plan.exams).toEqual(['z incomplete']);
    expect(plan.escalations).toEqual(['esc.z complete-assessment closed by a']);
  });

  it('the ablation before everything else of its day', () => {
    const events = [
      event('z', 'ablation', '2026-05-01'),
      event('a', 'decline', '2026-05-01', { visit: 'a2.baseline' }),
    ];
    const plan = planOf({ events, asOf: '2026-05-02' });
    expect(plan.warnings).toEqual([]);
    expect(plan.staged[0]).toContain('a2.baseline declined');
  });

  it('a resumption and a suspension of one day by their ids', () => {
    const suspended = (first: string, second: string) =>
      planOf({
        events: [
          event(first, 'suspension', '2026-05-01'),
          event(second, 'resumption', '2026-05-01'),
        ],
        asOf: '2026-05-02',
      }).phase;
    expect(suspended('a', 'b')).toBe('awaiting-baseline');
    expect(suspended('b', 'a')).toBe('suspended');
  });

  it('a decline before the suspension, the surgery before the reopening', () => {
    const events = [
      event('a', 'reopening', '2026-05-01'),
      event('b', 'surgery', '2026-05-01'),
      event('c', 'suspension', '2026-05-01'),
    ];
    expect(planOf({ events, asOf: '2026-05-01' }).phase).toBe('suspended');
  });
});
