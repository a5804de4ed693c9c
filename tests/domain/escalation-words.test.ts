import { describe, expect, it } from 'vitest';
import {
  actionInWords,
  causeOfEscalation,
  escalationInWords,
  sourceInWords,
  triggerInWords,
} from '../../src/domain/escalation-words.ts';

function biopsy(event: string) {
  return {
    key: `esc.${event}`,
    action: 'biopsy',
    modality: null,
    dueBy: '2026-06-29',
    triggers: ['birads-4b', 'new-enhancement'],
    raisedOn: '2026-06-15',
  } as const;
}

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
    const escalation = biopsy('x1');
    const plan = { escalations: [escalation], exams: [{ id: 'x1', modality: 'MRI' }] };
    expect(escalationInWords(escalation, plan)).toBe(
      'biopsy by 2026-06-29, because of BI-RADS 4B and new enhancement (MRI of 2026-06-15)',
    );
  });

  it('name a pathology result where no exam raised it', () => {
    const escalation = { ...biopsy('p1'), triggers: ['pathology-high-risk'] };
    expect(escalationInWords(escalation, { escalations: [escalation], exams: [] })).toBe(
      'biopsy by 2026-06-29, because of high-risk pathology (pathology result of 2026-06-15)',
    );
  });

  it('tell an MRI from an ultrasound of the same day, and two MRIs by their ids', () => {
    const escalations = ['x1', 'x2', 'x3'].map(biopsy);
    const exams = ['MRI', 'US', 'MRI'].map((modality, at) => ({ id: `x${at + 1}`, modality }));
    expect(escalations.map((each) => sourceInWords(each, { escalations, exams }))).toEqual([
      'MRI of 2026-06-15, x1',
      'US of 2026-06-15',
      'MRI of 2026-06-15, x3',
    ]);
  });

  it('list three reasons', () => {
    const triggers = ['birads-5', 'new-enhancement', 'zone-not-involuting'];
    const escalation = { ...biopsy('x1'), triggers };
    const plan = { escalations: [escalation], exams: [{ id: 'x1', modality: 'MRI' }] };
    expect(causeOfEscalation(escalation, plan)).toBe(
      'BI-RADS 5, new enhancement and zone not involuting (MRI of 2026-06-15)',
    );
  });
});
