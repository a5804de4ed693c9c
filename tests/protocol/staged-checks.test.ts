import { describe, expect, it } from 'vitest';
import { loadProtocol } from '../../src/protocol/load-protocol.ts';
import { bareDocument, laneDocument, withValue } from './documents.ts';

function problemsOf(document: unknown) {
  const outcome = loadProtocol(document);
  return outcome.ok ? [] : outcome.problems;
}

function baseline(earliestMonths: number, targetMonths: number, latestMonths: number) {
  return { earliestMonths, targetMonths, latestMonths, modalities: ['MRI'] };
}

describe('staged visits without sense are refused', () => {
  it.each([
    {
      fault: 'intervals without a baseline',
      set: { baseline: undefined },
      problem: {
        path: 'baseline',
        message: 'baseline and intervals belong together',
        found: 'nothing',
        allowed: 'both, or neither for a schedule of lanes only',
      },
    },
    {
      fault: 'a baseline without intervals',
      set: { intervals: undefined },
      problem: {
        path: 'intervals',
        message: 'baseline and intervals belong together',
        found: 'nothing',
        allowed: 'both, or neither for a schedule of lanes only',
      },
    },
    {
      fault: 'no horizon',
      set: { horizonMonths: undefined },
      problem: {
        path: 'horizonMonths',
        message: 'staged visits need a horizon',
        found: 'nothing',
        allowed: 'whole months from the ablation',
      },
    },
    {
      fault: 'a baseline that opens after its target',
      set: { baseline: baseline(4, 3, 5) },
      problem: {
        path: 'baseline',
        message: 'the window is out of order',
        found: '4, 3, 5',
        allowed: 'earliestMonths ≤ targetMonths ≤ latestMonths',
      },
    },
    {
      fault: 'a baseline that ends before its target',
      set: { baseline: baseline(3, 4, 3) },
      problem: {
        path: 'baseline',
        message: 'the window is out of order',
        found: '3, 4, 3',
        allowed: 'earliestMonths ≤ targetMonths ≤ latestMonths',
      },
    },
    {
      fault: 'a band out of order',
      set: { 'intervals.bandMonths': [18, 9] },
      problem: {
        path: 'intervals.bandMonths',
        message: 'the band is out of order',
        found: '18, 9',
        allowed: 'the shortest interval first',
      },
    },
    {
      fault: 'a category that must wait longer than a better one',
      set: { 'intervals.monthsByCategory': { '1': 12, '2': 12, '3': 13 } },
      problem: {
        path: 'intervals.monthsByCategory.3',
        message: '3 is worse than 2 and must not wait longer',
        found: '13 months',
        allowed: 'at most 12 months',
      },
    },
    {
      fault: 'a tier that must wait longer than a better one',
      set: { 'intervals.capMonthsByTier': { standard: 12, elevated: 18, high: 9 } },
      problem: {
        path: 'intervals.capMonthsByTier.elevated',
        message: 'elevated is worse than standard and must not wait longer',
        found: '18 months',
        allowed: 'at most 12 months',
      },
    },
  ])('$fault', ({ set, problem }) => {
    const document = bareDocument();
    for (const [path, value] of Object.entries(set)) withValue(document, path, value);
    expect(problemsOf(document)).toEqual([problem]);
  });

  it('an interval of a category beyond the band, in each tier that does not cap it', () => {
    const document = withValue(bareDocument(), 'intervals.monthsByCategory.1', 19);
    withValue(document, 'intervals.capMonthsByTier.standard', 24);
    expect(problemsOf(document)).toEqual([
      {
        path: 'intervals.monthsByCategory.1',
        message: 'the interval of category 1 in tier standard lies outside the band',
        found: '19 months',
        allowed: '9 to 18 months',
      },
    ]);
  });

  it('a cap that pushes an interval below the band, in each category that it caps', () => {
    const document = withValue(bareDocument(), 'intervals.capMonthsByTier.high', 8);
    expect(problemsOf(document).map(({ path, message }) => [path, message])).toEqual(
      ['1', '2', '3'].map((category) => [
        'intervals.capMonthsByTier.high',
        `the interval of category ${category} in tier high lies outside the band`,
      ]),
    );
  });

  it('a late baseline stands where intervals are counted from the exam before', () => {
    const document = withValue(bareDocument(), 'baseline', baseline(10, 10, 11));
    withValue(document, 'intervals.firstFrom', 'previous-exam');
    expect(problemsOf(document)).toEqual([]);
  });

  it('a protocol without staged visits and without lanes', () => {
    expect(problemsOf(withValue(laneDocument(), 'lanes', []))).toEqual([
      {
        path: 'lanes',
        message: 'the protocol plans no visit at all',
        found: '[]',
        allowed: 'at least one lane, or baseline and intervals',
      },
    ]);
  });
});
