import { describe, expect, it } from 'vitest';
import type { AblationFacts } from '../../src/domain/ablation.ts';
import { parseDay } from '../../src/domain/civil-date.ts';
import type { Episode } from '../../src/domain/episode.ts';
import { assessTier } from '../../src/engine/risk-tier.ts';

const day = parseDay('2026-01-15');
if (day === undefined) throw new Error('a day');

/** Every fact recorded, none of them worrying. */
const CLEAR = {
  id: 'EP-1',
  laterality: 'left',
  ablation: { date: day },
  tumor: {
    sizeMm: 15,
    focality: 'unifocal',
    histology: 'invasive-ductal',
    grade: 2,
    er: 'positive',
    pr: 'positive',
    her2: 'negative',
    ki67Percent: 14.9,
    extensiveIntraductalComponent: false,
    lymphovascularInvasion: false,
    nodalStatus: 'negative',
  },
  endocrineTherapy: 'taking',
} as const satisfies Episode;
const CLEAR_ABLATION: AblationFacts = { minimumMarginMm: 10, freezeThawCycles: 2 };

type Tumor = NonNullable<Episode['tumor']>;

function withTumor(tumor: Tumor): Episode {
  return { ...CLEAR, tumor: { ...CLEAR.tumor, ...tumor } };
}

describe('the risk tier', () => {
  it('is standard when every fact is recorded and none is worrying', () => {
    expect(assessTier(CLEAR, CLEAR_ABLATION, 1)).toEqual({
      tier: 'standard',
      factors: [],
      unknownFacts: [],
    });
  });

  const tumors: readonly (readonly [Tumor, 'high' | 'elevated' | 'standard', readonly string[]])[] =
    [
      [{ sizeMm: 20.1 }, 'high', ['size-over-20-mm']],
      [{ sizeMm: 20 }, 'elevated', ['size-over-15-mm']],
      [{ sizeMm: 15.1 }, 'elevated', ['size-over-15-mm']],
      [{ sizeMm: 15 }, 'standard', []],
      [{ focality: 'multifocal' }, 'high', ['not-unifocal']],
      [{ focality: 'multicentric' }, 'high', ['not-unifocal']],
      [{ histology: 'invasive-lobular' }, 'high', ['lobular-histology']],
      [{ histology: 'ductal-carcinoma-in-situ' }, 'standard', []],
      [{ histology: 'other' }, 'standard', []],
      [{ grade: 3 }, 'high', ['grade-3']],
      [{ grade: 1 }, 'standard', []],
      [{ her2: 'positive' }, 'high', ['her2-positive']],
      [{ er: 'negative', pr: 'negative', her2: 'negative' }, 'high', ['triple-negative']],
      [{ er: 'negative', pr: 'negative', her2: 'positive' }, 'high', ['her2-positive']],
      [{ er: 'negative' }, 'standard', []],
      [{ extensiveIntraductalComponent: true }, 'high', ['extensive-intraductal-component']],
      [{ nodalStatus: 'positive' }, 'high', ['node-positive']],
      [{ lymphovascularInvasion: true }, 'elevated', ['lymphovascular-invasion']],
      [{ ki67Percent: 15 }, 'elevated', ['ki67-15-percent-or-more']],
      [{ ki67Percent: 14.9 }, 'standard', []],
    ];
  it.each(tumors)('a tumor with %j is %s', (tumor, tier, factors) => {
    const assessment = assessTier(withTumor(tumor), CLEAR_ABLATION, 1);
    expect(assessment.tier).toBe(tier);
    expect(assessment.factors).toEqual(factors);
    expect(assessment.unknownFacts).toEqual([]);
  });

  const procedures: readonly (readonly [AblationFacts, string, readonly string[]])[] = [
    [{ minimumMarginMm: 4.9 }, 'high', ['margin-under-5-mm']],
    [{ minimumMarginMm: 0 }, 'high', ['margin-under-5-mm']],
    [{ minimumMarginMm: 5 }, 'elevated', ['margin-under-10-mm']],
    [{ minimumMarginMm: 9.9 }, 'elevated', ['margin-under-10-mm']],
    [{ minimumMarginMm: 10 }, 'standard', []],
    [{ freezeThawCycles: 1 }, 'elevated', ['single-freeze-thaw-cycle']],
    [{ freezeThawCycles: 0 }, 'elevated', ['single-freeze-thaw-cycle']],
    [{ freezeThawCycles: 2 }, 'standard', []],
    [{ freezeThawCycles: 3 }, 'standard', []],
  ];
  it.each(procedures)('an ablation with %j is %s', (facts, tier, factors) => {
    const assessment = assessTier(CLEAR, { ...CLEAR_ABLATION, ...facts }, 1);
    expect(assessment.tier).toBe(tier);
    expect(assessment.factors).toEqual(factors);
  });

  it.each([
    ['declined', 'elevated', ['endocrine-therapy-declined']],
    ['stopped', 'standard', []],
    ['planned', 'standard', []],
    ['completed', 'standard', []],
  ] as const)('endocrine therapy %s is %s', (endocrineTherapy, tier, factors) => {
    const assessment = assessTier({ ...CLEAR, endocrineTherapy }, CLEAR_ABLATION, 1);
    expect(assessment.tier).toBe(tier);
    expect(assessment.factors).toEqual(factors);
  });

  it.each([
    [1, 'standard', []],
    [2, 'high', ['repeat-ablation']],
    [3, 'high', ['repeat-ablation']],
  ] as const)('course %i is %s', (course, tier, factors) => {
    const assessment = assessTier(CLEAR, CLEAR_ABLATION, course);
    expect(assessment.tier).toBe(tier);
    expect(assessment.factors).toEqual(factors);
  });

  it('stays high beside an elevated factor, and names all factors in order', () => {
    const episode = withTumor({ sizeMm: 25, lymphovascularInvasion: true, grade: 3 });
    const assessment = assessTier(episode, { minimumMarginMm: 7, freezeThawCycles: 1 }, 2);
    expect(assessment.tier).toBe('high');
    expect(assessment.factors).toEqual([
      'grade-3',
      'lymphovascular-invasion',
      'margin-under-10-mm',
      'repeat-ablation',
      'single-freeze-thaw-cycle',
      'size-over-20-mm',
    ]);
  });
});

describe('facts that are not recorded', () => {
  const bare: Episode = { id: 'EP-1', laterality: 'left', ablation: { date: day } };

  it('raise nothing, and each of them is named', () => {
    expect(assessTier(bare, {}, 1)).toEqual({
      tier: 'standard',
      factors: [],
      unknownFacts: [
        { fact: 'ablation.freezeThawCycles', raisesTo: ['elevated'] },
        { fact: 'ablation.minimumMarginMm', raisesTo: ['elevated', 'high'] },
        { fact: 'endocrineTherapy', raisesTo: ['elevated'] },
        { fact: 'tumor.er', raisesTo: ['high'] },
        { fact: 'tumor.extensiveIntraductalComponent', raisesTo: ['high'] },
        { fact: 'tumor.focality', raisesTo: ['high'] },
        { fact: 'tumor.grade', raisesTo: ['high'] },
        { fact: 'tumor.her2', raisesTo: ['high'] },
        { fact: 'tumor.histology', raisesTo: ['high'] },
        { fact: 'tumor.ki67Percent', raisesTo: ['elevated'] },
        { fact: 'tumor.lymphovascularInvasion', raisesTo: ['elevated'] },
        { fact: 'tumor.nodalStatus', raisesTo: ['high'] },
        { fact: 'tumor.pr', raisesTo: ['high'] },
        { fact: 'tumor.sizeMm', raisesTo: ['elevated', 'high'] },
      ],
    });
  });

  it('are not named where they could not raise the tier any more', () => {
    expect(assessTier(bare, {}, 2).unknownFacts).toEqual([]);
  });

  it('of an elevated tier are named only if they could make it high', () => {
    const { tier, unknownFacts } = assessTier(
      { ...bare, tumor: { lymphovascularInvasion: true } },
      {},
      1,
    );
    expect(tier).toBe('elevated');
    expect(unknownFacts.map(({ fact }) => fact)).toEqual([
      'ablation.minimumMarginMm',
      'tumor.er',
      'tumor.extensiveIntraductalComponent',
      'tumor.focality',
      'tumor.grade',
      'tumor.her2',
      'tumor.histology',
      'tumor.nodalStatus',
      'tumor.pr',
      'tumor.sizeMm',
    ]);
    expect(new Set(unknownFacts.flatMap(({ raisesTo }) => raisesTo))).toEqual(new Set(['high']));
  });

  it.each([
    [{ er: 'unknown', pr: 'negative', her2: 'negative' }, ['tumor.er']],
    [{ er: 'positive', her2: 'unknown' }, ['tumor.her2']],
    [{ er: 'negative', pr: 'negative', her2: 'unknown' }, ['tumor.her2']],
    [{ nodalStatus: 'unknown' }, ['tumor.nodalStatus']],
  ] as const)('recorded as unknown count as not recorded: %j', (tumor, unknownFacts) => {
    const assessment = assessTier(withTumor(tumor), CLEAR_ABLATION, 1);
    expect(assessment.tier).toBe('standard');
    expect(assessment.unknownFacts.map(({ fact }) => fact)).toEqual(unknownFacts);
  });
});

describe('triple negative', () => {
  const receptors = (
    er?: 'negative' | 'positive',
    pr?: 'negative' | 'positive',
    her2?: 'negative',
  ) => {
    const { er: _er, pr: _pr, her2: _her2, ...tumor } = CLEAR.tumor;
    const { factors, unknownFacts } = assessTier(
      {
        ...CLEAR,
        tumor: {
          ...tumor,
          ...(er === undefined ? {} : { er }),
          ...(pr === undefined ? {} : { pr }),
          ...(her2 === undefined ? {} : { her2 }),
        },
      },
      CLEAR_ABLATION,
      1,
    );
    return [factors, unknownFacts.map(({ fact }) => fact)];
  };

  it('needs all three receptors', () => {
    expect(receptors('negative', 'negative', 'negative')).toEqual([['triple-negative'], []]);
    expect(receptors(undefined, 'negative', 'negative')).toEqual([[], ['tumor.er']]);
    expect(receptors('negative', undefined, 'negative')).toEqual([[], ['tumor.pr']]);
    expect(receptors('negative', 'negative')).toEqual([[], ['tumor.her2']]);
  });

  it('is out of the question once one is positive: what is not recorded then matters no more', () => {
    expect(receptors('positive', undefined, 'negative')).toEqual([[], []]);
    expect(receptors(undefined, 'positive', 'negative')).toEqual([[], []]);
  });
});
