import { describe, expect, it } from 'vitest';
import { loadProtocol } from '../../src/protocol/load-protocol.ts';
import { bareDocument, laneDocument, withValue } from './documents.ts';

function problemsOf(document: unknown) {
  const outcome = loadProtocol(document);
  return outcome.ok ? [] : outcome.problems;
}

const LANE = {
  id: 'mri',
  offsetsMonths: [12],
  windowMonths: { before: 1, after: 1 },
  acceptEarlyMonths: 2,
  modalities: ['MRI'],
};

describe('lanes without sense are refused', () => {
  it('two lanes of one id', () => {
    expect(problemsOf(withValue(laneDocument(), 'lanes', [LANE, LANE]))).toEqual([
      {
        path: 'lanes[1].id',
        message: 'the lane id is taken',
        found: 'mri',
        allowed: 'an id other than mri',
      },
    ]);
  });

  it('a lane whose visits would bear the keys of staged interval visits', () => {
    expect(problemsOf(withValue(bareDocument(), 'lanes.0.id', 'interval'))).toMatchObject([
      { path: 'lanes[0].id', message: 'the lane id is taken', found: 'interval' },
    ]);
    expect(problemsOf(withValue(laneDocument(), 'lanes.0.id', 'interval'))).toEqual([]);
  });

  it.each([
    [[6, 24, 12], 2, '12', 'more than 24'],
    [[6, 6], 1, '6', 'more than 6'],
  ])('offsets %j out of order', (offsets, position, found, allowed) => {
    const problems = problemsOf(withValue(laneDocument(), 'lanes.0.offsetsMonths', offsets));
    expect(problems).toEqual([
      {
        path: `lanes[0].offsetsMonths[${position}]`,
        message: 'the offsets are out of order',
        found,
        allowed,
      },
    ]);
  });

  it('a window that opens before the ablation', () => {
    const document = withValue(laneDocument(), 'lanes.0.windowMonths.before', 7);
    withValue(document, 'lanes.0.acceptEarlyMonths', 0);
    expect(problemsOf(document)).toEqual([
      {
        path: 'lanes[0].windowMonths.before',
        message: 'the first window opens before the ablation',
        found: '7 months before month 6',
        allowed: 'at most 6',
      },
    ]);
  });
});
