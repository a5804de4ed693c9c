import { describe, expect, it } from 'vitest';
import { formatDay } from '../../src/domain/civil-date.ts';
import { parseSimpleCase, SIMPLE_FIELDS } from '../../src/input/simple-case.ts';

function problems(simple: object) {
  const parsed = parseSimpleCase(simple);
  return parsed.ok ? [] : parsed.problems;
}

describe('the short form of a case', () => {
  it('is an episode without events', () => {
    const parsed = parseSimpleCase({ ablatedOn: '2026-01-15', biRads: '2' });
    if (!parsed.ok) throw new Error('it is a case');
    const { episode, events } = parsed.value;
    expect(formatDay(episode.ablation.date)).toBe('2026-01-15');
    expect([episode.id, episode.assumedBiRads, episode.laterality, events]).toEqual([
      'EP-2026-01-15',
      '2',
      undefined,
      [],
    ]);
  });

  it('puts every field in its place', () => {
    const parsed = parseSimpleCase({
      ablatedOn: '2026-01-15',
      biRads: '1',
      laterality: 'right',
      id: 'E-7',
      patientRef: 'P-7',
      tumorSizeMm: 12.5,
      focality: 'multifocal',
      histology: 'other',
      grade: 2,
      er: 'positive',
      pr: 'negative',
      her2: 'unknown',
      ki67Percent: 20,
      extensiveIntraductalComponent: true,
      lymphovascularInvasion: false,
      nodalStatus: 'negative',
      minimumMarginMm: 8,
      freezeThawCycles: 2,
      endocrineTherapy: 'taking',
      intent: 'palliative',
    });
    expect(parsed.ok && parsed.value.episode).toMatchObject({
      id: 'E-7',
      patientRef: 'P-7',
      laterality: 'right',
      assumedBiRads: '1',
      ablation: { minimumMarginMm: 8, freezeThawCycles: 2 },
      tumor: {
        sizeMm: 12.5,
        focality: 'multifocal',
        histology: 'other',
        grade: 2,
        er: 'positive',
        pr: 'negative',
        her2: 'unknown',
        ki67Percent: 20,
        extensiveIntraductalComponent: true,
        lymphovascularInvasion: false,
        nodalStatus: 'negative',
      },
      endocrineTherapy: 'taking',
      intent: 'palliative',
    });
  });

  it.each([
    [{ ablatedOn: 'soon' }, 'ablatedOn'],
    [{ ablatedOn: '2026-02-30' }, 'ablatedOn'],
    [{ ablatedOn: '1989-01-01' }, 'ablatedOn'],
    [{}, 'ablatedOn'],
    [{ ablatedOn: '2026-01-15', biRads: '4D' }, 'biRads'],
    [{ ablatedOn: '2026-01-15', tumorSizeMm: -1 }, 'tumorSizeMm'],
    [{ ablatedOn: '2026-01-15', freezeThawCycles: 1.5 }, 'freezeThawCycles'],
    [{ ablatedOn: '2026-01-15', birads: '2' }, 'birads'],
  ])('%j: the problem names the field of the short form, %s', (simple, path) => {
    expect(problems(simple).map((problem) => problem.path)).toEqual([path]);
  });

  it('an unknown field is told with what was probably meant', () => {
    expect(problems({ ablatedOn: '2026-01-15', birads: '2' })).toMatchObject([
      {
        message: 'this field is not known',
        allowed: Object.keys(SIMPLE_FIELDS).join(', '),
        mend: 'did you mean biRads?',
      },
    ]);
  });
});
