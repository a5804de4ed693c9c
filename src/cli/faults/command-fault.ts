import type { Problem } from '../../domain/problem.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Place } from './problem-report.ts';

/** Ends a command with problems to tell and an exit code. Thrown by commands, caught in run.ts. */
export class CommandFault extends Error {
  readonly exitCode: ExitCode;
  readonly problems: readonly Problem[];
  readonly place: Place | undefined;

  constructor(exitCode: ExitCode, problems: readonly Problem[], place?: Place) {
    super(problems[0]?.message ?? 'fault');
    this.exitCode = exitCode;
    this.problems = problems;
    this.place = place;
  }
}
