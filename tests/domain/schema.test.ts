import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Problem } from '../../src/domain/problem.ts';
import { daySchema, problemsOf, strict } from '../../src/domain/schema.ts';

/** What a schema says of a document; a document that it accepts has no problems. */
function problems(schema: z.ZodType, document: unknown): Problem[] {
  const parsed = schema.safeParse(document);
  return parsed.success ? [] : problemsOf(parsed.error, document);
}

describe('a date', () => {
  it.each([
    ['2026-02-30', 'this day does not exist in the calendar'],
    ['x2026-02-30', 'this is not a date'],
    ['2026-02-30x', 'this is not a date'],
  ])('%s: %s', (text, message) => {
    expect(problems(daySchema, text)).toEqual([
      {
        path: '',
        message,
        found: `"${text}"`,
        allowed: 'a day of the calendar as YYYY-MM-DD, 2026-01-15 say',
      },
    ]);
  });
});

describe('a field', () => {
  const schema = strict({ list: z.array(strict({ size: z.number() })) });

  it('is named by its path, with the place in the list', () => {
    expect(problems(schema, { list: [{ size: 1 }, { size: '2' }] })).toEqual([
      {
        path: 'list[1].size',
        message: 'the value has the wrong type',
        found: '"2"',
        allowed: 'number',
      },
    ]);
  });

  it('that is missing is told so, also where its parent is no object', () => {
    expect(problems(schema, { list: [{}] })).toEqual([
      {
        path: 'list[0].size',
        message: 'this field is missing',
        found: 'nothing',
        allowed: 'number',
      },
    ]);
    expect(problems(schema, { list: [null] })).toEqual([
      {
        path: 'list[0]',
        message: 'the value has the wrong type',
        found: 'null',
        allowed: 'object',
      },
    ]);
  });

  it('of a document that is no object is told without a fault of its own', () => {
    const error = new z.ZodError([
      { code: 'invalid_type', expected: 'number', path: ['a', 'b'], message: '', input: 0 },
    ]);
    for (const document of [null, undefined, 7, { a: null }, { a: 'text' }]) {
      expect(problemsOf(error, document)).toEqual([
        { path: 'a.b', message: 'this field is missing', found: 'nothing', allowed: 'number' },
      ]);
    }
  });

  it('that is not known is told with the known ones, and with the one that was meant', () => {
    const known = strict({ laterality: z.string().optional(), id: z.string().optional() });
    expect(problems(known, { lateralty: 1, zzz: 2 })).toEqual([
      {
        path: 'lateralty',
        message: 'this field is not known',
        found: '"lateralty"',
        allowed: 'laterality, id',
        mend: 'did you mean laterality?',
      },
      {
        path: 'zzz',
        message: 'this field is not known',
        found: '"zzz"',
        allowed: 'laterality, id',
      },
    ]);
    expect(problems(strict({ inner: known }), { inner: { zzz: 1 } })[0]?.path).toBe('inner.zzz');
  });
});

describe('what may stand there', () => {
  it.each([
    [z.string().min(2), 'x', 'at least 2 characters'],
    [z.string().min(1), '', 'at least 1 character'],
    [z.string().max(2), 'xxx', 'at most 2 characters'],
    [z.array(z.number()).min(1), [], 'at least 1 entry'],
    [z.array(z.number()).max(1), [1, 2], 'at most 1 entry'],
    [z.number().min(3), 2, 'at least 3'],
    [z.number().max(3), 4, 'at most 3'],
    [z.number().gt(3), 3, 'more than 3'],
    [z.number().lt(3), 3, 'less than 3'],
  ])('a range: %#', (schema, value, allowed) => {
    expect(problems(schema, value)).toEqual([
      {
        path: '',
        message: 'the value is out of range',
        found: JSON.stringify(value),
        allowed,
      },
    ]);
  });

  it('a pattern', () => {
    expect(problems(z.string().regex(/^a+$/), 'b')).toEqual([
      {
        path: '',
        message: 'the text has the wrong form',
        found: '"b"',
        allowed: 'text that matches /^a+$/',
      },
    ]);
  });

  it('a choice of words, and the one that was meant', () => {
    const side = z.enum(['right', 'left']);
    expect(problems(side, 'letf')).toEqual([
      {
        path: '',
        message: 'the value is not allowed',
        found: '"letf"',
        allowed: 'right, left',
        mend: 'did you mean left?',
      },
    ]);
    expect(problems(side, 7)[0]).not.toHaveProperty('mend');
    expect(problems(side, 'Stryker')[0]).not.toHaveProperty('mend');
  });

  it('a choice of one or two letters is never guessed at', () => {
    expect(problems(z.enum(['4', '4A', 'PET']), '4D')[0]).not.toHaveProperty('mend');
    expect(problems(z.enum(['4', '4A', 'PET']), 'PTE')[0]?.mend).toBe('did you mean PET?');
  });

  it('choices with plain numbers among them stand in their order, others as they were given', () => {
    const allowed = (...choices: [string, ...string[]]) =>
      problems(z.enum(choices), '-')[0]?.allowed;
    expect(allowed('4A', '10', '0', '4')).toBe('0, 10, 4, 4A');
    expect(allowed('b', '12', 'a')).toBe('12, a, b');
    expect(allowed('b2', 'a')).toBe('b2, a');
    expect(allowed('2b', 'a')).toBe('2b, a');
  });

  it('the kinds of a union that is told apart by a field', () => {
    const union = z.discriminatedUnion('type', [
      strict({ type: z.literal('a') }),
      strict({ type: z.literal('b') }),
    ]);
    expect(problems(union, { type: 'c' })).toEqual([
      { path: 'type', message: 'the value is not allowed', found: '"c"', allowed: 'a, b' },
    ]);
  });

  it('of a plain union is not said', () => {
    expect(problems(z.union([z.string(), z.number()]), true)).toEqual([
      { path: '', message: 'the value is not allowed', found: 'true' },
    ]);
  });

  it('is said by the rule itself, with its mend', () => {
    const rule = z.number().refine((value) => value > 1, {
      error: 'too small to be true',
      params: { allowed: 'two', mend: 'count again' },
    });
    expect(problems(rule, 1)).toEqual([
      {
        path: '',
        message: 'too small to be true',
        found: '1',
        allowed: 'two',
        mend: 'count again',
      },
    ]);
    const silent = z.number().refine((value) => value > 1, { error: 'too small to be true' });
    expect(problems(silent, 1)).toEqual([
      { path: '', message: 'too small to be true', found: '1' },
    ]);
    expect(problems(silent, 1)[0]).not.toHaveProperty('allowed');
  });

  it('of another kind of rule is left to its own words', () => {
    const [problem] = problems(z.number().multipleOf(5), 7);
    expect(problem).toMatchObject({ path: '', found: '7' });
    expect(problem?.message).toContain('multiple of 5');
    expect(problem).not.toHaveProperty('allowed');
  });
});
