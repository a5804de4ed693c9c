import { CommanderError } from 'commander';
import { EXIT, type ExitCode } from './exit-code.ts';
import { reportProblems } from './faults/problem-report.ts';
import { toldFault } from './faults/told-fault.ts';
import { programFor } from './program.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Runs one command line and gives its exit code. `args` are the words after the command's name.
 * A user's mistake is told in one line each, never as a stack trace.
 */
export async function runCli(args: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode: ExitCode = EXIT.done;
  const setExit = (code: ExitCode) => {
    exitCode = code;
  };
  try {
    const program = await programFor(args, surroundings, setExit);
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    const fault = await toldFault(error);
    if (fault === undefined) throw error;
    await reportProblems(surroundings.stderr, fault.problems, fault.place);
    return fault.exitCode;
  }
}
