import { describe, expect, it } from 'vitest';
import {
  actionInWords,
  escalationInWords,
  triggerInWords,
} from '../../src/domain/escalation-words.ts';

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

describe('the words for what an escalation asks for', () => {
  it.each([
    ['obtain-report', null, 'obtain the report'],
    ['complete-assessment', null, 'complete the assessment'],
    ['treatment-referral', null, 'treatment referral'],
    ['advanced-imaging', 'MRI', 'advanced imaging with MRI'],
  ] as const)('of %s, %s are: %s', (action, modality, words) => {
    expect(actionInWords({ action, modality })).toBe(words);
  });

  it('say with its deadline why, where it is one of several', () => {
    const escalation = { action: 'biopsy', modality: null, dueBy: '2026-06-29' } as const;
    const raised = { triggers: ['birads-4b', 'new-enhancement'], raisedOn: '2026-06-15' };
    expect(escalationInWords({ ...escalation, ...raised })).toBe(
      'biopsy by 2026-06-29, because of BI-RADS 4B and new enhancement on 2026-06-15',
    );
  });
});
