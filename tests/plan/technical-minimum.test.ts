import { describe, expect, test } from 'vitest';
import type { AblationFacts } from '../../src/domain/ablation.ts';
import { technicalItems } from '../../src/plan/technical-minimum.ts';

const COMPLETE: AblationFacts = {
  freezeThawCycles: 2,
  intendedMarginMm: 10,
  minimumMarginMm: 12,
  probeCount: 2,
  probeConfiguration: 'parallel, 15 mm apart',
  freezeMinutes: [9, 9],
  thawMinutes: [8, 8],
  skinProtection: 'warmed saline bag',
};

function states(ablation: AblationFacts): Record<string, string> {
  return Object.fromEntries(technicalItems(ablation).map(({ id, state }) => [id, state]));
}

describe('the technical minimum of the review', () => {
  test('an ablation that is reported in full meets all five items', () => {
    expect(states(COMPLETE)).toEqual({
      'double-freeze-thaw': 'met',
      'target-margin': 'met',
      probes: 'met',
      timing: 'met',
      'skin-protection': 'met',
    });
  });

  test('of an ablation without facts nothing is read as met', () => {
    expect(new Set(Object.values(states({})))).toEqual(new Set(['not-documented']));
  });

  test.each<[string, AblationFacts, string]>([
    ['double-freeze-thaw', { freezeThawCycles: 1 }, 'not-met'],
    ['double-freeze-thaw', { freezeThawCycles: 0 }, 'not-met'],
    ['double-freeze-thaw', { freezeThawCycles: 3 }, 'met'],
    ['target-margin', { intendedMarginMm: 9.9 }, 'not-met'],
    ['probes', { probeConfiguration: undefined }, 'not-documented'],
    ['probes', { probeCount: undefined }, 'not-documented'],
    ['timing', { thawMinutes: undefined }, 'not-documented'],
    ['timing', { freezeMinutes: [] }, 'not-documented'],
    ['timing', { freezeMinutes: [9] }, 'not-documented'],
    ['timing', { freezeThawCycles: undefined }, 'met'],
    ['timing', { freezeThawCycles: undefined, thawMinutes: [8] }, 'not-documented'],
    ['skin-protection', { skinProtection: 'none' }, 'not-met'],
    ['skin-protection', { skinProtection: 'None: 30 mm to the skin' }, 'not-met'],
    ['skin-protection', { skinProtection: 'saline injected, none of it lost' }, 'met'],
    ['skin-protection', { skinProtection: 'Novel warming pad' }, 'met'],
  ])('%s with %j is %s', (id, change, state) => {
    expect(states({ ...COMPLETE, ...change })[id]).toBe(state);
  });

  test('a margin that was achieved does not stand for the one that was aimed at', () => {
    const [, margin] = technicalItems({ minimumMarginMm: 12 });
    expect(margin).toMatchObject({
      state: 'not-documented',
      sentence: 'The margin that was aimed at is not recorded. 12 mm were achieved.',
    });
  });

  test('times that are not one freeze and one thaw a cycle are told with the cycles', () => {
    const timing = technicalItems({ ...COMPLETE, freezeMinutes: [9] })[3];
    expect(timing?.sentence).toBe(
      'Freezes of 9 minutes, thaws of 8 and 8 minutes. That is not one freeze and one thaw for each of 2 cycles.',
    );
  });
});
