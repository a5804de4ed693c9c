import { describe, expect, it } from 'vitest';
import { keysInWords, visitInWords } from '../../src/domain/visit-words.ts';

describe('the words for a visit', () => {
  it.each([
    ['a1.baseline', 'baseline exam'],
    ['a1.interval-2', 'interval visit 2'],
    ['a1.routine-72', 'routine visit, month 72'],
    ['a1.late-mammography-96', 'late mammography visit, month 96'],
    ['a2.interval-1', 'interval visit 1, course 2'],
    ['esc.x1', 'esc.x1'],
  ])('of %s are: %s', (key, words) => {
    expect(visitInWords(key)).toBe(words);
  });

  it('stand in a sentence where its keys stood', () => {
    expect(
      keysInWords(
        'Counts for a1.interval-1. It fills a1.routine-72 and a1.mg-6; esc.x1 was raised.',
      ),
    ).toBe(
      'Counts for interval visit 1. It fills routine visit, month 72 and mg visit, month 6; the escalation of x1 was raised.',
    );
  });
});
