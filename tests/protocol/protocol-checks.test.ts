import { describe, expect, it } from 'vitest';
import { loadProtocol } from '../../src/protocol/load-protocol.ts';
import { bareDocument, withValue } from './documents.ts';

function problemsOf(document: unknown) {
  const outcome = loadProtocol(document);
  return outcome.ok ? [] : outcome.problems;
}

const ACTIONS = 'treatment-referral, biopsy, advanced-imaging, complete-assessment, obtain-report';

describe('a fault of sense outside the visits is refused', () => {
  it('an action that is missing from the order of urgency', () => {
    const urgency = ['treatment-referral', 'biopsy', 'advanced-imaging', 'obtain-report'];
    expect(problemsOf(withValue(bareDocument(), 'escalation.urgency', urgency))).toEqual([
      {
        path: 'escalation.urgency',
        message: 'every action must stand there once',
        found: urgency.join(', '),
        allowed: ACTIONS,
        mend: 'add complete-assessment',
      },
    ]);
  });

  it('an action that stands twice in the order of urgency', () => {
    const urgency = [...ACTIONS.split(', '), 'biopsy'];
    expect(problemsOf(withValue(bareDocument(), 'escalation.urgency', urgency))).toEqual([
      {
        path: 'escalation.urgency',
        message: 'every action must stand there once',
        found: urgency.join(', '),
        allowed: ACTIONS,
      },
    ]);
  });

  it('a usual suspension that is longer than the longest', () => {
    expect(problemsOf(withValue(bareDocument(), 'suspensionDays', 181))).toEqual([
      {
        path: 'suspensionDays',
        message: 'the usual suspension is longer than the longest',
        found: '181',
        allowed: 'at most 180',
      },
    ]);
  });

  it('a citation of a source that is not in the file', () => {
    const document = withValue(bareDocument(), 'sources', {
      'our-board': { citation: 'Minutes of the tumor board', certainty: 'expert-opinion' },
    });
    withValue(document, 'rules', {
      baseline: { sources: ['our-board', 'our-bord'] },
      lane: { sources: ['lee'] },
    });
    expect(problemsOf(document)).toEqual([
      {
        path: 'rules.baseline.sources[1]',
        message: 'this source is not among the sources',
        found: '"our-bord"',
        allowed: 'our-board',
        mend: 'did you mean our-board?',
      },
      {
        path: 'rules.lane.sources[0]',
        message: 'this source is not among the sources',
        found: '"lee"',
        allowed: 'our-board',
      },
    ]);
  });

  it('a citation where the file has no sources at all', () => {
    const document = withValue(bareDocument(), 'rules', { lane: { sources: ['lee'] } });
    expect(problemsOf(document)).toMatchObject([
      { path: 'rules.lane.sources[0]', allowed: 'a key of "sources"' },
    ]);
  });
});
