import type { Problem } from '../../domain/problem.ts';

/** What is wrong where a number was not read, and an example. */
const NUMBERS: Readonly<Record<string, readonly [message: string, allowed: string]>> = {
  number: ['this is not a number', '12 or 12.5 say'],
  int: ['this is not a whole number', '2 say'],
};

/** A problem of a document in the words of somebody who fills in a form: nothing typed is needed. */
export function formProblem(problem: Problem): Problem {
  const { path, found, allowed } = problem;
  if (found === 'nothing') return { path, message: 'this is needed' };
  const number = allowed === undefined ? undefined : NUMBERS[allowed];
  return number === undefined ? problem : { ...problem, message: number[0], allowed: number[1] };
}
