import { describe, expect, it } from 'vitest';
import { failure, showFound, success } from '../../src/domain/problem.ts';

describe('an outcome', () => {
  it('is a value or the problems that stood in its way', () => {
    expect(success(7)).toEqual({ ok: true, value: 7 });
    const [first, second] = [
      { path: 'a', message: 'x' },
      { path: 'b', message: 'y' },
    ];
    expect(failure(first, second)).toEqual({ ok: false, problems: [first, second] });
  });
});

describe('a found value, shown on one line', () => {
  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    ['', '""'],
    ['4D', '"4D"'],
    [4, '4'],
    [{ a: [1] }, '{"a":[1]}'],
    ['a\nb\u0000', '"a\\nb\\u0000"'],
    ['a\u200Eb', '"a\\u200eb"'],
    ['a\u0085b', '"a\\u0085b"'],
    ['\uD800', '"\\ud800"'],
    [() => 1, 'function'],
  ])('%j: %s', (value, shown) => {
    expect(showFound(value)).toBe(shown);
  });

  it('is cut after 60 characters', () => {
    expect(showFound('x'.repeat(58))).toBe(`"${'x'.repeat(58)}"`);
    expect(showFound('x'.repeat(59))).toBe(`"${'x'.repeat(59)}…`);
    expect(showFound('x'.repeat(5000))).toHaveLength(61);
  });

  it('never holds a control character, whatever comes', () => {
    const codes = Array.from({ length: 0x3000 }, (_, code) => code);
    const raw = codes.filter((code) =>
      /[\p{Cc}\p{Cf}]/u.test(showFound(`a${String.fromCharCode(code)}b`)),
    );
    expect(raw).toEqual([]);
  });
});
