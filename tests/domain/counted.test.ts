import { expect, test } from 'vitest';
import { counted } from '../../src/domain/counted.ts';

test.each([
  [0, '0 days'],
  [1, '1 day'],
  [2, '2 days'],
  [21, '21 days'],
])('%i days are told as %s', (number, words) => {
  expect(counted(number, 'day')).toBe(words);
});
