import { expect, test } from 'vitest';
import { understood } from '../../src/http/page/typed-value.ts';

test.each([
  ['number', '1,500', '1.5 (typed: 1,500)'],
  ['number', '7,5', '7.5 (typed: 7,5)'],
  ['number', '12', '12'],
  ['number', 'twelve', 'twelve'],
  ['minutes', '9 9,5', '9 9.5 (typed: 9 9,5)'],
  ['minutes', '9 9', '9 9'],
  ['yes-no', 'yes', 'yes'],
  ['day', '2026-06-15', '2026-06-15'],
] as const)('a %s typed as %s is shown as it was understood', (kind, text, shown) => {
  expect(understood(kind, text)).toBe(shown);
});
