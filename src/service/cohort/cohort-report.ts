import type { Problem } from '../../domain/problem.ts';

/** What is wrong with one row of a cohort file. */
export interface RowProblem {
  /** Line of the file, from 1; absent where the file holds one case. */
  readonly line?: number | undefined;
  readonly problem: Problem;
}

/** An open escalation that the end in the history of a new episode closes unanswered. */
export interface LeftUnanswered {
  readonly line?: number | undefined;
  /** The clinic's id of the episode. */
  readonly episode: string;
  readonly escalation: string;
  /** `PlannedEscalation.action`. */
  readonly action: string;
}

/** What an import did, or would do. Rows are counted once each. */
export interface ImportReport {
  /** Whether anything was written. False: the counts say what would be. */
  readonly written: boolean;
  readonly rows: number;
  /** Episodes that are new. */
  readonly registered: number;
  /** Episodes that stand in the store as the file has them. */
  readonly unchanged: number;
  /** Episodes that the file has other facts or further events for, and that took them over. */
  readonly updated: number;
  readonly faulty: number;
  /** Events that the store has and the file lacks. They stay. */
  readonly eventsKept: number;
  /** Of new episodes; a person must look at them. In the order of lines. */
  readonly leftUnanswered: readonly LeftUnanswered[];
  /** In the order of lines; of very many only the first. */
  readonly problems: readonly RowProblem[];
  /** How many problems are not listed. */
  readonly problemsLeftOut: number;
  /** The store's numbers of the episodes that were registered or updated: their plans are to be saved. */
  readonly episodes: readonly number[];
}

/** Where a row stands. One object a row. */
export interface RowPlace {
  readonly line?: number | undefined;
}

const MOST_LISTED = 300;

/** Collects the problems of rows; counts them all and keeps the first. */
export class RowProblems {
  readonly #kept: RowProblem[] = [];
  readonly #faulty = new Set<RowPlace>();
  #count = 0;

  add(row: RowPlace, problems: readonly Problem[]): void {
    this.#faulty.add(row);
    this.#count += problems.length;
    for (const problem of problems) {
      if (this.#kept.length < MOST_LISTED) this.#kept.push({ line: row.line, problem });
    }
  }

  has(row: RowPlace): boolean {
    return this.#faulty.has(row);
  }

  /** How many rows have problems. */
  get rows(): number {
    return this.#faulty.size;
  }

  listed(): Pick<ImportReport, 'problems' | 'problemsLeftOut'> {
    const problems = [...this.#kept].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    return { problems, problemsLeftOut: this.#count - problems.length };
  }
}
