import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/service/case/parse-json.ts';

function faultOf(text: string, firstLine?: number): string {
  const parsed = parseJson(text, firstLine);
  return parsed.ok ? 'sound' : (parsed.problems[0]?.message ?? '');
}

describe('parseJson', () => {
  it.each([
    ['', 'the text is empty'],
    [' \n\t', 'the text is empty'],
    ['\uFEFF', 'the text is empty'],
    ['{', "this is not JSON: Expected property name or '}' at line 1, column 2"],
    ['{"a":', 'this is not JSON: Unexpected end at line 1, column 6'],
    [
      '{\n  "a": 1,\n}',
      'this is not JSON: Expected double-quoted property name at line 3, column 1',
    ],
    ['{\n  "a": nope\n}', 'this is not JSON: Unexpected character at line 2, column 9'],
    [
      '{\n  "a": "x\u0000"\n}',
      'this is not JSON: Bad control character in string literal at line 2, column 10',
    ],
    [
      '{"a": 1}\n{"a": 2}',
      'this is not JSON: Unexpected non-whitespace character after JSON at line 2, column 1',
    ],
    ['[1 2]', "this is not JSON: Expected ',' or ']' after array element at line 1, column 4"],
    ["{'a': 1}", "this is not JSON: Expected property name or '}' at line 1, column 2"],
    ['NaN', 'this is not JSON: Unexpected character at line 1, column 1'],
  ])('%j', (text, message) => {
    expect(faultOf(text)).toBe(message);
  });

  it('counts lines from the first line’s number in its file', () => {
    expect(faultOf('{"a":\n nope}', 12)).toContain('at line 13, column 3');
  });

  it('never repeats the text, which may name a patient', () => {
    const text = '{"patient": "Jane Doe", "born": Jane}';
    expect(faultOf(text)).toBe('this is not JSON: Unexpected character at line 1, column 33');
    expect(JSON.stringify(parseJson(text))).not.toContain('Jane');
  });

  it('passes over a byte order mark', () => {
    expect(parseJson('\uFEFF{"a": 1}')).toEqual({ ok: true, value: { a: 1 } });
  });

  it('reads what JSON.parse reads, and points into the text where it does not', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string({ maxLength: 3 }), (text, at, noise) => {
        const place = at % (text.length + 1);
        const spoilt = text.slice(0, place) + noise + text.slice(place);
        const parsed = parseJson(spoilt);
        let expected: unknown;
        try {
          expected = JSON.parse(spoilt);
        } catch {
          expect(parsed.ok).toBe(false);
          const where = / at line (\d+), column (\d+)$/.exec(faultOf(spoilt));
          if (where === null) return;
          const line = spoilt.split('\n')[Number(where[1]) - 1];
          expect(Number(where[2])).toBeLessThanOrEqual((line?.length ?? -1) + 1);
          return;
        }
        expect(parsed).toEqual({ ok: true, value: expected });
      }),
    );
  });
});
