import { describe, expect, it } from 'vitest';
import type { Problem } from '../../src/domain/problem.ts';
import { loadProtocol } from '../../src/protocol/load-protocol.ts';
import { bareDocument, laneDocument, withValue } from './documents.ts';

function problemsOf(document: unknown): readonly Problem[] {
  const outcome = loadProtocol(document);
  return outcome.ok ? [] : outcome.problems;
}

describe('a protocol file that is accepted', () => {
  it('may hold values alone, without title, sources or reasons', () => {
    expect(problemsOf(withValue(bareDocument(), 'title', undefined))).toEqual([]);
  });

  it('may leave out baseline, intervals and horizon together', () => {
    expect(problemsOf(laneDocument())).toEqual([]);
  });

  it.each([
    ['intervals.firstFrom', 'previous-exam'],
    ['intervals.bandMonths', [6, 24]],
    ['intervals.windowMonths', { before: 0, after: 0 }],
    ['intervals.windowMonths', { before: 12, after: 12 }],
    ['intervals.monthsByCategory', { '1': 12, '2': 12, '3': 12 }],
    ['intervals.minimumGapMonths', 0],
    ['intervals.limitedMonths', 1],
    ['intervals.acceptEarlyMonths', 0],
    ['baseline', { earliestMonths: 6, targetMonths: 6, latestMonths: 9, modalities: ['US'] }],
    ['horizonMonths', 0],
    ['lanes', []],
    ['lanes.0.id', 'baseline'],
    ['lanes.0.offsetsMonths', [1, 3, 6, 12]],
    ['fallbackModalities', []],
    ['contraindications', {}],
    ['contraindications.pacemaker', ['MRI', 'PET-CT']],
    ['suspensionMaxDays', 90],
    ['deferralMaxMonths', 0],
    ['escalation.byCategory.0', { action: 'biopsy', withinDays: 0 }],
    ['escalation.thresholds', { growthMm: 1.5, growthPercent: 0, wallAsymmetryMm: 0 }],
    ['version', '2.0.0-draft.1'],
    ['status', 'approved on 2026-01-15'],
    ['sources', { own: { citation: 'Our board', certainty: 'expert-opinion' } }],
  ])('may set %s to %j', (path, value) => {
    expect(problemsOf(withValue(bareDocument(), path, value))).toEqual([]);
  });

  it('keeps the values as they stand in the file', () => {
    const outcome = loadProtocol(bareDocument());
    expect(outcome).toEqual({ ok: true, value: bareDocument() });
  });
});

describe('a document that is no protocol file', () => {
  it.each([[null], [[]], ['staged'], [7]])('%j is refused as a whole', (document) => {
    expect(problemsOf(document)).toMatchObject([
      { path: '', message: 'this is not a protocol file' },
    ]);
  });

  it('is refused in one sentence when its format is newer', () => {
    expect(problemsOf({ schemaVersion: 2, whatever: true })).toEqual([
      {
        path: 'schemaVersion',
        message: 'the protocol file has a newer format than this release reads',
        found: '2',
        allowed: '1',
        mend: 'install a newer cryowatch',
      },
    ]);
  });
});

describe('a fault of form', () => {
  it.each([
    ['schemaVersion', undefined, 'this field is missing', '1'],
    ['schemaVersion', 0, 'the value is not allowed', '1'],
    ['id', 'My Protocol', 'the text has the wrong form', '^[a-z0-9]+'],
    ['version', '1', 'the text has the wrong form', ''],
    ['assumedCategory', '4', 'the value is not allowed', '1, 2, 3'],
    ['baseline.modalities', [], 'the value is out of range', 'at least 1 entry'],
    ['baseline.earliestMonths', 0, 'the value is out of range', 'at least 1'],
    ['intervals.monthsByCategory.2', 12.5, 'the value has the wrong type', 'int'],
    ['intervals.monthsByCategory.3', undefined, 'this field is missing', 'number'],
    ['intervals.capMonthsByTier.high', undefined, 'this field is missing', 'number'],
    ['intervals.firstFrom', 'baseline', 'the value is not allowed', 'ablation, previous-exam'],
    ['escalation.byCategory.4C', undefined, 'this field is missing', 'object'],
    ['escalation.byPathology.high-risk', undefined, 'this field is missing', 'object'],
    ['escalation.byFinding.biopsy', undefined, 'this field is missing', 'number'],
    ['escalation.thresholds.growthMm', -1, 'the value is out of range', 'at least 0'],
    ['deferralMaxMonths', undefined, 'this field is missing', 'number'],
    ['suspensionDays', '90', 'the value has the wrong type', 'number'],
  ])('%s = %j is refused with its path', (path, value, message, allowed) => {
    const problems = problemsOf(withValue(bareDocument(), path, value));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ path, message });
    expect(problems[0]?.allowed).toContain(allowed);
  });

  it.each([
    ['baseline.modalities.1', 'baseline.modalities[1]'],
    ['lanes.0.modalities.2', 'lanes[0].modalities[2]'],
    ['fallbackModalities.0', 'fallbackModalities[0]'],
    ['contraindications.claustrophobia.0', 'contraindications.claustrophobia[0]'],
  ])('an unknown modality at %s is named with those that are known', (at, path) => {
    expect(problemsOf(withValue(bareDocument(), at, 'CEMM'))).toEqual([
      {
        path,
        message: 'the value is not allowed',
        found: '"CEMM"',
        allowed: 'MRI, CEM, MG, DBT, US, CEUS, PET-CT',
        mend: 'did you mean CEM?',
      },
    ]);
  });

  it.each([
    ['horizonMonth', 'horizonMonth', 'did you mean horizonMonths?'],
    ['intervals.bandMonth', 'intervals.bandMonth', 'did you mean bandMonths?'],
    ['lanes.0.offsetMonths', 'lanes[0].offsetMonths', 'did you mean offsetsMonths?'],
    ['escalation.byCategory.4D', 'escalation.byCategory.4D', /^did you mean 4/],
  ])('an unknown key %s is answered with the one that was meant', (at, path, mend) => {
    const problems = problemsOf(withValue(bareDocument(), at, 1));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ path, message: 'this field is not known' });
    expect(problems[0]?.mend).toMatch(mend);
  });

  it('lists every fault, not only the first', () => {
    const document = withValue(bareDocument(), 'assumedCategory', '7');
    withValue(document, 'horizonMonths', -1);
    withValue(document, 'lanes.0.id', 'Routine');
    expect(problemsOf(document).map(({ path }) => path)).toEqual([
      'assumedCategory',
      'horizonMonths',
      'lanes[0].id',
    ]);
  });
});
