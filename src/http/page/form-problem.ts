import type { Problem } from '../../domain/problem.ts';

/** What is wrong where a number was not read, and an example. */
const NUMBERS: Readonly<Record<string, readonly [message: string, allowed: string]>> = {
  number: ['this is not a number', '12 or 12.5 say'],
  int: ['this is not a whole number', '2 say'],
};

/**
 * A problem of a document in the words of somebody who fills in a form: nothing typed is needed. A
 * browser sends nothing of a day that does not exist: so much is said where a day is missing.
 */
export function formProblem(problem: Problem, kind?: string): Problem {
  const { path, found, allowed } = problem;
  if (found === 'nothing') {
    const isDay = kind === 'day' || kind === 'appointment-day';
    return { path, message: isDay ? 'this is needed, as a day that exists' : 'this is needed' };
  }
  const number = allowed === undefined ? undefined : NUMBERS[allowed];
  return number === undefined ? problem : { ...problem, message: number[0], allowed: number[1] };
}
