import { expect, test } from 'vitest';
import { capitalised } from '../../src/domain/capitalised.ts';

test.each([
  ['', ''],
  ['biopsy by 2026-06-29', 'Biopsy by 2026-06-29'],
  ['MRI and CEM', 'MRI and CEM'],
  ['über', 'Über'],
])('%j begins as %j', (text, words) => {
  expect(capitalised(text)).toBe(words);
});
