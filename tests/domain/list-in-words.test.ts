import { expect, test } from 'vitest';
import { listInWords } from '../../src/domain/list-in-words.ts';

test.each([
  [[], 'and', ''],
  [['MRI'], 'and', 'MRI'],
  [['MRI', 'CEM'], 'and', 'MRI and CEM'],
  [['MRI', 'CEM', 'US'], 'or', 'MRI, CEM or US'],
] as const)('%j joined by "%s" is "%s"', (items, join, words) => {
  expect(listInWords(items, join)).toBe(words);
});

test('the last two are joined by "or" where nothing else is said', () => {
  expect(listInWords(['MRI', 'CEM'])).toBe('MRI or CEM');
});
