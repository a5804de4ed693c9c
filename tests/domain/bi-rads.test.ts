import { describe, expect, it } from 'vitest';
import {
  BI_RADS_CATEGORIES,
  hasInterval,
  isSuspicious,
  worseOf,
} from '../../src/domain/bi-rads.ts';
import { ESCALATION_ACTIONS, holdsVisits } from '../../src/domain/escalation-action.ts';

describe('BI-RADS categories', () => {
  it('1, 2 and 3 have an interval; 4 to 6 are suspicious; 0 is neither', () => {
    expect(BI_RADS_CATEGORIES.filter(hasInterval)).toEqual(['1', '2', '3']);
    expect(BI_RADS_CATEGORIES.filter(isSuspicious)).toEqual(['4', '4A', '4B', '4C', '5', '6']);
    expect([hasInterval(undefined), isSuspicious(undefined)]).toEqual([false, false]);
  });

  it('the worse of two is the higher', () => {
    expect([worseOf('1', '2'), worseOf('3', '2'), worseOf('2', '2')]).toEqual(['2', '3', '2']);
  });
});

it('a biopsy and a referral hold the visits, nothing else does', () => {
  expect(ESCALATION_ACTIONS.filter(holdsVisits)).toEqual(['treatment-referral', 'biopsy']);
});
