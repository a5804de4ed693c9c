import type { CaseFile } from '../../domain/case-file.ts';
import type { Day } from '../../domain/civil-date.ts';
import { type Outcome, type Problem, showFound } from '../../domain/problem.ts';
import { readRegistration } from '../episode/read-registration.ts';
import type { RowPlace, RowProblems } from './cohort-report.ts';

/** One row of a cohort file: outside data, or why it could not be read. */
export interface CohortRow extends RowPlace {
  /** A case file, or the short form with `ablatedOn`. */
  readonly document: Outcome<unknown>;
}

/** A row that is sound in itself. */
export interface SoundRow extends RowPlace {
  readonly caseFile: CaseFile;
  /** Whether it is the short form: what that cannot say or leaves unsaid is not denied by it. */
  readonly short: boolean;
}

/**
 * Reads every row and checks it as far as the file goes. Of rows with one id none is sound: which of
 * them is right, only the clinic can say.
 */
export async function gatherRows(
  rows: AsyncIterable<CohortRow>,
  today: Day,
  problems: RowProblems,
): Promise<{ readonly rows: number; readonly sound: readonly SoundRow[] }> {
  const byId = new Map<string, SoundRow>();
  let count = 0;
  for await (const { line, document } of rows) {
    count += 1;
    const read = document.ok ? readRegistration(document.value, today) : document;
    if (!read.ok) {
      problems.add({ line }, read.problems);
      continue;
    }
    const row = { line, ...read.value };
    const { id } = row.caseFile.episode;
    const earlier = byId.get(id);
    if (earlier === undefined) byId.set(id, row);
    else {
      if (!problems.has(earlier)) problems.add(earlier, [sameId(id, row)]);
      problems.add(row, [sameId(id, earlier)]);
    }
  }
  return { rows: count, sound: [...byId.values()].filter((row) => !problems.has(row)) };
}

function sameId(id: string, { line }: RowPlace): Problem {
  return {
    path: 'id',
    message: `another row has the same id${line === undefined ? '' : `: line ${line}`}`,
    found: showFound(id),
    allowed: 'one row an episode',
  };
}
