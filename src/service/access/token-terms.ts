import { type Problem, showFound } from '../../domain/problem.ts';
import { isOneLine } from './one-line.ts';

/** The longest that a key or a subscription may hold. promises.md, "Security". */
export const MOST_DAYS = 365;
const LONGEST_LABEL = 80;
const DAY_MS = 86_400_000;

/** Days as milliseconds: each has 24 hours. */
export function lifetimeOf(days: number): number {
  return days * DAY_MS;
}

/** What is wrong with how long a token is to hold; undefined: nothing. */
export function lifetimeProblem(days: number): Problem | undefined {
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return undefined;
  return {
    path: 'days',
    message: 'it cannot hold for so long',
    found: showFound(days),
    allowed: `whole days from 1 to ${MOST_DAYS}`,
  };
}

/** What is wrong with the words by which a token is recognised; undefined: nothing. */
export function labelProblem(label: string): Problem | undefined {
  if (isOneLine(label, LONGEST_LABEL)) return undefined;
  return {
    path: 'label',
    message: 'a label is needed, to know it again in the list: where it is used',
    found: showFound(label),
    allowed: `1 to ${LONGEST_LABEL} characters on one line, and never a patient’s name`,
  };
}
