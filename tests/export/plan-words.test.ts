import { expect, test } from 'vitest';
import { spaced } from '../../src/export/plan-words.ts';

test.each([
  ['awaiting-baseline', 'awaiting baseline'],
  ['lost-to-follow-up', 'lost to follow-up'],
  ['PET-CT', 'PET-CT'],
  ['non-diagnostic', 'non-diagnostic'],
  ['mri-unsafe-implant', 'MRI-unsafe implant'],
  ['egfr-below-30', 'eGFR below 30'],
  ['her2-positive', 'HER2-positive'],
  ['ki67-15-percent-or-more', 'Ki-67 15 percent or more'],
])('%s is written %s', (id, words) => {
  expect(spaced(id)).toBe(words);
});
