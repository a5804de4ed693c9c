import { describe, expect, it } from 'vitest';
import { loadProtocol } from '../../src/protocol/load-protocol.ts';
import { adviseProtocol, rulesInUse } from '../../src/protocol/protocol-advice.ts';
import type { Protocol } from '../../src/protocol/protocol-schema.ts';
import { bareDocument, type Document, laneDocument, withValue } from './documents.ts';

function load(document: Document): Protocol {
  const outcome = loadProtocol(document);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

function labelled(document: Document): Document {
  const protocol = load(document);
  const support = { sources: ['board'], reason: 'Agreed by the board.' };
  return {
    ...document,
    title: 'Ours',
    status: 'approved',
    summary: 'What we do.',
    sources: { board: { citation: 'Tumor board', certainty: 'expert-opinion' } },
    rules: Object.fromEntries(rulesInUse(protocol).map((rule) => [rule, support])),
  };
}

function adviceOn(document: Document) {
  return adviseProtocol(load(document));
}

describe('advice on words for people', () => {
  it('asks a bare file for status, summary and what its rules rest on', () => {
    expect(adviceOn(bareDocument()).map(({ path, message }) => [path, message])).toEqual([
      ['status', 'the protocol has no status'],
      ['summary', 'the protocol has no summary'],
      ['rules', 'no rule says what it rests on'],
    ]);
  });

  it('has nothing to say of a file that has them', () => {
    expect(adviceOn(labelled(bareDocument()))).toEqual([]);
    expect(adviceOn(labelled(laneDocument()))).toEqual([]);
  });

  it('names each rule in use without sources, or without a reason', () => {
    const document = labelled(bareDocument());
    withValue(document, 'rules.baseline', undefined);
    withValue(document, 'rules.hold', { sources: ['board'] });
    expect(adviceOn(document).map(({ path }) => path)).toEqual([
      'rules.baseline',
      'rules.hold.reason',
    ]);
  });

  it('asks a protocol of lanes only for no support of staged rules, and the other way round', () => {
    expect(rulesInUse(load(laneDocument()))).not.toContain('first-interval');
    expect(rulesInUse(load(laneDocument()))).toContain('lane');
    expect(rulesInUse(load(withValue(bareDocument(), 'lanes', [])))).not.toContain('lane');
  });

  it('names a source that no rule cites', () => {
    const document = labelled(bareDocument());
    withValue(document, 'sources.spare', { citation: 'Spare', certainty: 'low' });
    expect(adviceOn(document)).toEqual([
      { path: 'sources.spare', message: 'no rule cites this source' },
    ]);
  });
});

describe('advice on values that are rarely meant', () => {
  it('a baseline planned after the first interval visit', () => {
    const document = withValue(labelled(bareDocument()), 'baseline', {
      earliestMonths: 10,
      targetMonths: 10,
      latestMonths: 11,
      modalities: ['MRI'],
    });
    expect(adviceOn(document)).toContainEqual({
      path: 'baseline.targetMonths',
      message: 'the baseline is planned after the first interval visit',
      found: '10 months',
      allowed: 'at most 9 months, the shortest interval from the ablation',
    });
  });

  it('early acceptance that reaches back to the exam before', () => {
    const document = withValue(labelled(bareDocument()), 'intervals.acceptEarlyMonths', 9);
    expect(adviceOn(document)).toContainEqual({
      path: 'intervals.acceptEarlyMonths',
      message: 'a second exam on the day of the previous one would fill the next visit',
      found: '9 months before a window that opens after 9',
      allowed: 'at most 8',
    });
  });

  it('early acceptance by which no exam in its window could fill a lane visit', () => {
    const document = withValue(labelled(bareDocument()), 'lanes.0.acceptEarlyMonths', 14);
    expect(adviceOn(document)).toContainEqual({
      path: 'lanes[0].acceptEarlyMonths',
      message: 'an exam late in the window of month 72 would fill the visit of month 84',
      found: 'accepted from month 70',
      allowed: 'after month 73',
    });
  });

  it.each([
    [
      'intervals.acceptEarlyMonths',
      5,
      'intervals.acceptEarlyMonths',
      'a repeated baseline exam inside the baseline window may fill the first interval visit',
    ],
    [
      'intervals.limitedMonths',
      2,
      'intervals.limitedMonths',
      'after a limited exam a second one on the same day would fill the next visit',
    ],
    [
      'intervals.minimumGapMonths',
      0,
      'intervals.minimumGapMonths',
      'after a late baseline a second exam on the same day would fill the next visit',
    ],
    ['horizonMonths', 8, 'horizonMonths', 'the horizon lies before the first interval visit'],
    [
      'intervals.modalities',
      ['MRI', 'MRI'],
      'intervals.modalities',
      'a modality stands there twice',
    ],
    [
      'contraindications.claustrophobia',
      [],
      'contraindications.claustrophobia',
      'the contraindication excludes no modality',
    ],
    [
      'escalation.byCategory.5.withinDays',
      8,
      'escalation.byCategory.5.withinDays',
      '5 is worse than 4C and waits longer',
    ],
    [
      'escalation.byCategory.4.action',
      'complete-assessment',
      'escalation.byCategory.4.action',
      'a suspicious category would not put the staged visits on hold',
    ],
    [
      'escalation.byCategory.0.action',
      'obtain-report',
      'escalation.byCategory.0.action',
      'no exam or report can answer this; only a decision can',
    ],
    [
      'escalation.byPathology.non-diagnostic.action',
      'advanced-imaging',
      'escalation.byPathology.non-diagnostic.action',
      'no exam or report can answer this; only a decision can',
    ],
    [
      'lanes.0.id',
      'baseline',
      'lanes[0].id',
      'a lane of this name is easily taken for a staged visit',
    ],
    [
      'lanes.0.windowMonths.after',
      10,
      'lanes[0].acceptEarlyMonths',
      'an exam late in the window of month 72 would fill the visit of month 84',
    ],
  ])('%s = %j', (set, value, path, message) => {
    const advice = adviceOn(withValue(labelled(bareDocument()), set, value));
    expect(advice[0]).toMatchObject({ path, message });
  });

  it('a first lane window that opens on the day of the ablation', () => {
    const document = withValue(labelled(laneDocument()), 'lanes.0.offsetsMonths', [1, 6]);
    expect(adviceOn(document)).toEqual([
      {
        path: 'lanes[0].windowMonths.before',
        message: 'the first window opens on the day of the ablation',
        found: '1 months before month 1',
        allowed: 'less than 1',
      },
    ]);
  });

  it('a horizon without staged visits', () => {
    expect(adviceOn(withValue(labelled(laneDocument()), 'horizonMonths', 60))).toEqual([
      {
        path: 'horizonMonths',
        message: 'the horizon has no effect without staged visits',
        found: '60',
      },
    ]);
  });

  it('counted from the exam before, a repeated baseline and the minimum gap are no matter', () => {
    const document = withValue(labelled(bareDocument()), 'intervals.firstFrom', 'previous-exam');
    withValue(document, 'intervals.acceptEarlyMonths', 5);
    withValue(document, 'intervals.minimumGapMonths', 0);
    expect(adviceOn(document)).toEqual([]);
  });
});
