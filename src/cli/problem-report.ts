import type { Problem } from '../domain/problem.ts';
import type { Sink } from './surroundings.ts';
import { printable } from './wrapped-text.ts';

/** Where a problem stands: a file, and a line of it where the file holds one case a line. */
export interface Place {
  readonly file: string;
  readonly line?: number | undefined;
}

const SHOWN_AT_ONCE = 20;

function placeText({ file, line }: Place): string {
  const name = file === '-' ? 'standard input' : file;
  return line === undefined ? name : `${name}, line ${line}`;
}

/** One problem on one line: place, field, what was found, what is allowed, how to mend it. */
export function problemText(problem: Problem, place?: Place): string {
  const where = [place === undefined ? '' : placeText(place), problem.path]
    .filter((part) => part !== '')
    .join(': ');
  const details = [
    problem.found === undefined ? '' : `found ${problem.found}`,
    problem.allowed === undefined ? '' : `allowed: ${problem.allowed}`,
    problem.mend ?? '',
  ].filter((part) => part !== '');
  const tail = details.length === 0 ? '' : ` (${details.join('; ')})`;
  return `${where === '' ? '' : `${where}: `}${problem.message}${tail}`;
}

/** Tells problems on standard error, at most twenty of one place. */
export async function reportProblems(
  stderr: Sink,
  problems: readonly Problem[],
  place?: Place,
): Promise<void> {
  const lines = problems
    .slice(0, SHOWN_AT_ONCE)
    .map((problem) => `cryowatch: ${printable(problemText(problem, place))}\n`);
  const more = problems.length - SHOWN_AT_ONCE;
  if (more > 0) lines.push(`cryowatch: … and ${more} more problems there\n`);
  await stderr.write(lines.join(''));
}
