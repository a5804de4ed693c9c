import type { Problem } from '../../domain/problem.ts';
import { printable } from '../output/wrapped-text.ts';
import type { Sink } from '../surroundings.ts';

/** Where a problem stands: a file, and its line, or how to find the line of a field. */
export interface Place {
  readonly file: string;
  readonly line?: number | undefined;
  readonly lineOf?: ((path: string) => number | undefined) | undefined;
}

const SHOWN_AT_ONCE = 20;

function placeText({ file, line: given, lineOf }: Place, path: string): string {
  const name = file === '-' ? 'standard input' : file;
  const line = given ?? lineOf?.(path);
  return line === undefined ? name : `${name}, line ${line}`;
}

/** One problem on one line: place, field, what was found, what is allowed, how to mend it. */
export function problemText(problem: Problem, place?: Place): string {
  const where = [place === undefined ? '' : placeText(place, problem.path), problem.path]
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
