import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  capText,
  cleanLine,
  cleanText,
  csvCell,
  csvRecord,
  escapeHtml,
  safeJson,
} from '../../src/export/sanitize.ts';

describe('cleanText', () => {
  it.each([
    ['a\r\nb', 'a\nb'],
    ['a\rb', 'a\nb'],
    ['a\u2028b\u2029c\u0085d', 'a\nb\nc\nd'],
    ['a\tb', 'a b'],
    ['a\u0000\u000b\u001b[31mb\u007f\u009f', 'a[31mb'],
    ['a\u202eb\u2066c\u200f', 'abc'],
    ['a\ufffeb\uffff\ufdd0\u{1fffe}c\ufeff', 'abc'],
    ['a\ud800b\udc00', 'a\ufffdb\ufffd'],
    ['Zoë 乳腺 🩻 e\u0301', 'Zoë 乳腺 🩻 e\u0301'],
  ])('turns %j into %j', (given, clean) => {
    expect(cleanText(given)).toBe(clean);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
    );
  });
});

describe('cleanLine', () => {
  it('is one line without white space at its ends', () => {
    expect(cleanLine(' a\r\n\r\n b\tc ')).toBe('a b c');
  });
});

describe('capText', () => {
  it('keeps a text of the limit and cuts a longer one, counting code points', () => {
    expect(capText('🩻🩻🩻', 3)).toBe('🩻🩻🩻');
    expect(capText('🩻🩻🩻🩻', 3)).toBe('🩻🩻…');
  });
});

describe('csvCell', () => {
  it.each([
    ['=1+1', '"\'=1+1"'],
    ['+49 30', '"\'+49 30"'],
    ['-5', '"\'-5"'],
    ['@SUM(A1)', '"\'@SUM(A1)"'],
    ['\t=1', '"\'=1"'],
    ['\tplain', '"\'plain"'],
    ['\u0000plain', '"\'plain"'],
    ['\u202e=1', '"\'=1"'],
    ['  =1', '"\'=1"'],
    ['\uff1d1', '"\'\uff1d1"'],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['a\nb', 'a b'],
    ['2026-01-15', '2026-01-15'],
    ['', ''],
  ])('writes %j as %j', (given, cell) => {
    expect(csvCell(given)).toBe(cell);
  });

  it('is ended with CRLF in a record', () => {
    expect(csvRecord(['a', 'b,c'])).toBe('a,"b,c"\r\n');
  });
});

describe('escapeHtml', () => {
  it('escapes what content and quoted attributes act on', () => {
    expect(escapeHtml(`<b onclick="x('&')">`)).toBe(
      '&lt;b onclick=&quot;x(&#39;&amp;&#39;)&quot;&gt;',
    );
  });
});

describe('safeJson', () => {
  it('keeps every value and prints no control or bidi character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = safeJson({ text });
        expect(JSON.parse(json)).toEqual({ text });
        expect(json).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
      }),
    );
  });
});
