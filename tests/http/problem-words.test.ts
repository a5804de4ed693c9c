import { describe, expect, test } from 'vitest';
import { formProblem } from '../../src/http/page/form-problem.ts';
import { problemInWords, withKeysInWords } from '../../src/http/page/problems.ts';

describe('a problem on a page', () => {
  test('says what is wrong, what was found, what is allowed and how to mend it', () => {
    const problem = {
      path: 'to',
      message: 'no date',
      found: 'x',
      allowed: 'a day',
      mend: 'mend it',
    };
    expect(problemInWords(problem)).toBe('no date; found: x; allowed: a day; mend it');
  });

  test.each([
    ['cryowatch episode list shows what there is', 'no such episode'],
    [
      'if it happened twice, accept it: --accept',
      'no such episode; if it happened twice, accept it',
    ],
    [
      'a clinician approves it: cryowatch protocol approve x --clinician NAME',
      'no such episode; a clinician approves it',
    ],
  ])('does not send anybody to the command line: %s', (mend, words) => {
    expect(problemInWords({ path: '', message: 'no such episode', mend })).toBe(words);
  });

  test('names visits in words, and finds nothing where nothing was typed', () => {
    const problem = { path: '', message: 'choose', found: '""', allowed: 'a1.baseline, a1.mg-6' };
    const visits = ['a1.baseline', 'a1.mg-6'].map((key) => ({ key }));
    expect(problemInWords(withKeysInWords(problem, { visits, escalations: [] }))).toBe(
      'choose; allowed: baseline exam, mg visit, month 6',
    );
  });
});

describe('a problem of a document in a form', () => {
  test('is that the field is needed, where nothing was typed', () => {
    const problem = {
      path: 'a',
      message: 'this field is missing',
      found: 'nothing',
      allowed: 'string',
    };
    expect(formProblem(problem)).toEqual({ path: 'a', message: 'this is needed' });
  });

  test('is that it is no number, or no whole one', () => {
    const problem = { path: 'a', message: 'the value has the wrong type', found: '"x"' };
    expect(formProblem({ ...problem, allowed: 'number' }).message).toBe('this is not a number');
    expect(formProblem({ ...problem, allowed: 'int' }).message).toBe('this is not a whole number');
  });

  test('is else as it was', () => {
    const problem = { path: 'a', message: 'too big', found: '9', allowed: 'at most 8' };
    expect(formProblem(problem)).toBe(problem);
  });
});
