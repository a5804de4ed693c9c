import { expect, test } from 'vitest';
import { technicalMinimum } from '../../src/export/html-technical-minimum.ts';

test('the technical minimum tells how many items are met, each with what is recorded, and its source', () => {
  const { text } = technicalMinimum({ freezeThawCycles: 2, skinProtection: '<b>bag' });
  expect(text).toContain('2 of 5 items');
  expect(text).toContain('Recorded: &lt;b&gt;bag.');
  expect(text).toContain('10.3390/biomedicines13122987');
  expect(text.match(/not documented/g)).toHaveLength(3);
});
