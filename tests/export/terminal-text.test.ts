import { describe, expect, it } from 'vitest';
import { columnsOf, padded, styled, wrapped } from '../../src/export/terminal-text.ts';

describe('wrapped', () => {
  it('breaks between words and leads the first line only', () => {
    expect(wrapped('one two three four', 12, '  - ')).toEqual([
      '  - one two',
      '    three',
      '    four',
    ]);
  });

  it('breaks a word that is longer than a line', () => {
    expect(wrapped('abcdefghij k', 4)).toEqual(['abcd', 'efgh', 'ij k']);
  });

  it('writes no line for no text', () => {
    expect(wrapped(' \n ', 10)).toEqual([]);
  });
});

describe('columnsOf', () => {
  it.each([
    ['abc', 3],
    ['乳腺', 4],
    ['e\u0301', 1],
    ['🩻', 2],
  ])('counts %s as %i', (text, columns) => expect(columnsOf(text)).toBe(columns));

  it('is what a text is padded to', () => {
    expect(padded('乳', 4)).toBe('乳  ');
    expect(padded('long', 2)).toBe('long');
  });
});

describe('styled', () => {
  it('writes no escape sequence without colour, nor around nothing', () => {
    expect(styled('due', 'alarm', { width: 80, colour: false })).toBe('due');
    expect(styled('', 'alarm', { width: 80, colour: true })).toBe('');
    expect(styled('due', 'alarm', { width: 80, colour: true })).toBe('\u001b[1;31mdue\u001b[0m');
  });
});
