import { describe, expect, it } from 'vitest';
import { triggerInWords } from '../../src/plan/trigger-words.ts';

describe('the words for what raised an escalation', () => {
  it.each([
    ['birads-0', 'BI-RADS 0'],
    ['birads-4c', 'BI-RADS 4C'],
    ['new-enhancement', 'new enhancement'],
    ['report-awaited', 'report awaited'],
    ['pathology-benign-discordant', 'benign discordant pathology'],
    ['pathology-non-diagnostic', 'non-diagnostic pathology'],
    ['pathology-high-risk', 'high-risk pathology'],
    ['pathology-malignant', 'malignant pathology'],
  ])('of %s are: %s', (trigger, words) => {
    expect(triggerInWords(trigger)).toBe(words);
  });
});
