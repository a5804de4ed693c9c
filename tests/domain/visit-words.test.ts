import { describe, expect, it } from 'vitest';
import { keyInWords, keysInWords, visitInWords } from '../../src/domain/visit-words.ts';

const PLAN = {
  visits: ['a1.interval-1', 'a1.interval-12', 'a1.routine-72', 'a1.mg-6'].map((key) => ({ key })),
  escalations: [{ key: 'esc.x1' }, { key: 'esc.x(1' }],
};

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
        PLAN,
      ),
    ).toBe(
      'Counts for interval visit 1. It fills routine visit, month 72 and mg visit, month 6; the escalation of x1 was raised.',
    );
  });

  it.each([
    ['Category from report a1.mri.', 'Category from report a1.mri.'],
    ['Decision esc.a1 changes nothing.', 'Decision esc.a1 changes nothing.'],
    ['Exam x-a1.mg-6 and exam a1.mg-6b.', 'Exam x-a1.mg-6 and exam a1.mg-6b.'],
    ['Exam a1.mg-6.b and exam x.a1.mg-6.', 'Exam a1.mg-6.b and exam x.a1.mg-6.'],
    ['Late: a1.interval-12.', 'Late: interval visit 12.'],
    ['See esc.x(1: it is open.', 'See the escalation of x(1: it is open.'],
  ])('do not stand for the id of an event, nor inside of one: %s', (sentence, words) => {
    expect(keysInWords(sentence, PLAN)).toBe(words);
  });

  it.each([
    ['a2.baseline', 'baseline exam, course 2'],
    ['esc.x1', 'the escalation of x1'],
    ['facts', 'facts'],
  ])('or for an escalation of which nothing but the key is known, %s, are: %s', (key, words) => {
    expect(keyInWords(key)).toBe(words);
  });
});
