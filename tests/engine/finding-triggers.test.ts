import { describe, expect, it } from 'vitest';
import { type Day, parseDay } from '../../src/domain/civil-date.ts';
import type { Enhancement, Findings } from '../../src/domain/finding.ts';
import { findingTriggers } from '../../src/engine/finding-triggers.ts';
import type { Exam } from '../../src/history/case-history.ts';

const THRESHOLDS = { growthMm: 2, growthPercent: 20, wallAsymmetryMm: 3 };
const day = parseDay('2026-07-15') as Day;

/** Earlier exams of the same modality, in event order, named p1, p2, … */
function earlier(...findings: readonly (Findings | undefined)[]): Exam[] {
  return findings.map((each, index) => ({
    type: 'imaging',
    id: `p${index + 1}`,
    date: day,
    modality: 'MRI',
    findings: each,
  }));
}

function ids(findings: Findings | undefined, past: readonly Exam[] = [], thresholds = THRESHOLDS) {
  return findingTriggers(findings, past, thresholds).map(({ id }) => id);
}

function enhancing(more: Partial<Enhancement> = {}): Findings {
  return { enhancement: { present: true, ...more } };
}

const ABSENT: Findings = { enhancement: { present: false } };

describe('findings that ask about nothing', () => {
  it.each([
    ['no findings', undefined],
    ['empty findings', {}],
    ['no enhancement', ABSENT],
    ['a thin rim', enhancing({ pattern: 'thin-rim' })],
    ['a symmetric wall', { wall: { minMm: 1, maxMm: 3.9, asymmetric: false } }],
    ['a wall of which only one side was measured', { wall: { maxMm: 9 } }],
    ['the other side alone', { wall: { minMm: 9 } }],
    ['an ablation zone without an earlier one', { zone: { longestMm: 90 } }],
    ['no metabolic activity', { metabolicActivity: { present: false } }],
    [
      'activity of fat necrosis',
      { metabolicActivity: { present: true, attributableToFatNecrosis: true } },
    ],
    [
      'absent activity, whatever explains it',
      { metabolicActivity: { present: false, attributableToFatNecrosis: false } },
    ],
  ])('%s', (_what, findings) => {
    expect(ids(findings)).toEqual([]);
  });
});

describe('new enhancement', () => {
  it.each([
    ['nodular, with nothing to compare', enhancing({ pattern: 'nodular' }), []],
    ['of a pattern not described, with nothing to compare', enhancing(), []],
    ['called new by the reader', enhancing({ pattern: 'thin-rim', change: 'new' }), []],
    ['called new beside none', { enhancement: { present: false, change: 'new' as const } }, []],
    ['after an exam without any', enhancing({ pattern: 'mass' }), [ABSENT]],
    ['after a thin rim', enhancing({ pattern: 'non-mass' }), [enhancing({ pattern: 'thin-rim' })]],
    [
      'after exams that recorded no enhancement either way',
      enhancing({ pattern: 'mass' }),
      [undefined, { zone: { longestMm: 20 } }],
    ],
    ['gone in between', enhancing({ pattern: 'mass' }), [enhancing({ pattern: 'mass' }), ABSENT]],
    [
      'last recorded as absent, later exams being silent',
      enhancing({ pattern: 'mass' }),
      [ABSENT, { wall: { asymmetric: false } }],
    ],
  ])('%s', (_what, findings, past) => {
    expect(ids(findings, earlier(...past))).toEqual(['new-enhancement']);
  });

  it.each([
    ['a thin rim after none', enhancing({ pattern: 'thin-rim' }), [ABSENT]],
    ['nodular as before', enhancing({ pattern: 'nodular' }), [enhancing({ pattern: 'nodular' })]],
    ['after one whose pattern was not described', enhancing({ pattern: 'mass' }), [enhancing()]],
    [
      'seen last, though absent before that',
      enhancing({ pattern: 'mass' }),
      [ABSENT, enhancing({ pattern: 'mass' })],
    ],
    ['stable', enhancing({ pattern: 'mass', change: 'stable' }), [enhancing({ pattern: 'mass' })]],
  ])('not: %s', (_what, findings, past) => {
    expect(ids(findings, earlier(...past))).toEqual([]);
  });

  it('names the exam that it was compared with: the last that recorded enhancement', () => {
    const past = earlier(enhancing({ pattern: 'mass' }), ABSENT, undefined);
    expect(findingTriggers(enhancing(), past, THRESHOLDS)).toEqual([
      { id: 'new-enhancement', comparedWith: 'p2' },
    ]);
    expect(findingTriggers(enhancing(), [], THRESHOLDS)).toEqual([{ id: 'new-enhancement' }]);
  });
});

describe('enlarging enhancement', () => {
  const seen = (longestMm: number) => enhancing({ pattern: 'thin-rim', longestMm });

  it.each([
    [10, 12.1, true],
    [10, 12, false],
    [10, 11.9, false],
    [8, 10, true],
    [8, 9.9, false],
    [20, 24.1, true],
    [20, 24, false],
    [0, 2, true],
    [0, 1.9, false],
    [5.1, 7.1, true],
  ])('from %d mm to %d mm grew: %s', (before, now, grew) => {
    expect(ids(seen(now), earlier(seen(before)))).toEqual(grew ? ['enlarging-enhancement'] : []);
  });

  it('is measured against the smallest earlier size, not the last', () => {
    const past = earlier(seen(12), seen(9), seen(10.5));
    expect(findingTriggers(seen(11.5), past, THRESHOLDS)).toEqual([
      { id: 'enlarging-enhancement', comparedWith: 'p2', measured: { now: 115, before: 90 } },
    ]);
  });

  it('names the first of equally small exams', () => {
    const [trigger] = findingTriggers(seen(12), earlier(seen(9), seen(9)), THRESHOLDS);
    expect(trigger?.comparedWith).toBe('p1');
  });

  it('takes no size from an exam in which the enhancement was absent', () => {
    const past = earlier({ enhancement: { present: false, longestMm: 1 } }, seen(10));
    expect(ids(seen(12), past)).toEqual([]);
  });

  it('is what the reader calls enlarging, without any size', () => {
    const said = enhancing({ pattern: 'thin-rim', change: 'enlarging' });
    expect(findingTriggers(said, [], THRESHOLDS)).toEqual([{ id: 'enlarging-enhancement' }]);
    expect(ids({ enhancement: { present: false, change: 'enlarging' } })).toEqual([
      'enlarging-enhancement',
    ]);
  });

  it('keeps the measured values beside the reader’s word', () => {
    const now = enhancing({ pattern: 'thin-rim', change: 'enlarging', longestMm: 20 });
    expect(findingTriggers(now, earlier(seen(10)), THRESHOLDS)[0]?.measured).toEqual({
      now: 200,
      before: 100,
    });
  });

  it('is no growth of an enhancement that is absent now', () => {
    const now = { enhancement: { present: false, longestMm: 30 } };
    expect(ids(now, earlier(seen(10)))).toEqual([]);
  });

  it.each(['stable', 'decreasing'] as const)(
    '"%s" does not take back what was measured',
    (change) => {
      const now = enhancing({ pattern: 'thin-rim', longestMm: 20, change });
      expect(ids(now, earlier(seen(10)))).toEqual(['enlarging-enhancement']);
    },
  );
});

describe('the ablation zone', () => {
  const zone = (longestMm: number): Findings => ({ zone: { longestMm } });

  it('may shrink or stay', () => {
    expect(ids(zone(30), earlier(zone(30)))).toEqual([]);
    expect(ids(zone(20), earlier(zone(30)))).toEqual([]);
  });

  it('asks when it grew from its smallest size', () => {
    expect(findingTriggers(zone(26), earlier(zone(30), zone(21)), THRESHOLDS)).toEqual([
      { id: 'zone-not-involuting', comparedWith: 'p2', measured: { now: 260, before: 210 } },
    ]);
  });

  it('is not compared with the size of an enhancement', () => {
    expect(ids(zone(30), earlier(enhancing({ pattern: 'thin-rim', longestMm: 5 })))).toEqual([]);
  });
});

describe('the wall', () => {
  it.each([
    [1, 4, true],
    [1.1, 4.1, true],
    [1.1, 4, false],
    [0.3, 3.3, true],
    [4, 1, false],
  ])('from %d to %d mm is asymmetric: %s', (minMm, maxMm, asymmetric) => {
    expect(ids({ wall: { minMm, maxMm } })).toEqual(
      asymmetric ? ['asymmetric-wall-thickening'] : [],
    );
  });

  it('is asymmetric where the reader says so, whatever the sizes', () => {
    expect(ids({ wall: { asymmetric: true, minMm: 2, maxMm: 2 } })).toEqual([
      'asymmetric-wall-thickening',
    ]);
  });

  it('measured as asymmetric counts, though the reader says that it is not', () => {
    expect(
      findingTriggers({ wall: { asymmetric: false, minMm: 1, maxMm: 6 } }, [], THRESHOLDS),
    ).toEqual([{ id: 'asymmetric-wall-thickening', measured: { now: 60, before: 10 } }]);
  });
});

describe('metabolic activity', () => {
  it.each([
    ['not said to be fat necrosis', { present: true }],
    ['said not to be fat necrosis', { present: true, attributableToFatNecrosis: false }],
    ['of a low uptake', { present: true, suvMax: 0.5 }],
  ])('%s asks', (_what, metabolicActivity) => {
    expect(ids({ metabolicActivity })).toEqual(['unexplained-metabolic-activity']);
  });
});

describe('thresholds of another protocol', () => {
  const grown = (before: number, now: number, thresholds: typeof THRESHOLDS) =>
    ids({ zone: { longestMm: now } }, earlier({ zone: { longestMm: before } }), thresholds)
      .length === 1;

  it.each([
    [1.1, 10, 11.1, true],
    [1.1, 10, 11, false],
    [0.24, 10, 10.2, false],
    [0.24, 10, 10.3, true],
    [0.25, 10, 10.3, true],
    [0.7, 10, 10.7, true],
    [0, 10, 10.1, true],
  ])('growthMm %d: from %d to %d mm grew: %s', (growthMm, before, now, grew) => {
    expect(grown(before, now, { ...THRESHOLDS, growthPercent: 0, growthMm })).toBe(grew);
  });

  it('no growth at all is never more than 0 percent', () => {
    expect(grown(10, 10, { ...THRESHOLDS, growthPercent: 0, growthMm: 0 })).toBe(false);
  });

  it.each([
    [12.5, 8, 9, false],
    [12.5, 8, 9.1, true],
    [12.55, 200, 225.1, false],
    [12.55, 200, 225.2, true],
    [33.33, 250, 333.3, false],
    [33.33, 250, 333.4, true],
  ])('growthPercent %d: from %d to %d mm grew: %s', (growthPercent, before, now, grew) => {
    expect(grown(before, now, { ...THRESHOLDS, growthMm: 0, growthPercent })).toBe(grew);
  });

  it.each([
    [2.24, 2.2, false],
    [2.24, 2.3, true],
    [2.2, 2.2, true],
    [0, 0, true],
  ])('wallAsymmetryMm %d: a difference of %d mm asks: %s', (wallAsymmetryMm, difference, asks) => {
    const wall = { minMm: 0, maxMm: difference };
    expect(ids({ wall }, [], { ...THRESHOLDS, wallAsymmetryMm })).toEqual(
      asks ? ['asymmetric-wall-thickening'] : [],
    );
  });
});

it('several findings of one exam each ask', () => {
  const now: Findings = {
    enhancement: { present: true, pattern: 'mass', longestMm: 20, change: 'new' },
    wall: { asymmetric: true },
    zone: { longestMm: 40 },
    metabolicActivity: { present: true },
  };
  const past = earlier({
    enhancement: { present: true, pattern: 'mass', longestMm: 10 },
    zone: { longestMm: 20 },
  });
  expect(ids(now, past)).toEqual([
    'new-enhancement',
    'enlarging-enhancement',
    'asymmetric-wall-thickening',
    'unexplained-metabolic-activity',
    'zone-not-involuting',
  ]);
});
