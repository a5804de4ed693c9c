import { CommanderError } from 'commander';
import { CommandFault } from './command-fault.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { reportProblems } from './problem-report.ts';
import { createProgram } from './program.ts';
import { STORE_FAULT_EXIT, STORE_FAULT_MEND } from './store-faults.ts';
import { IoFault, type Surroundings } from './surroundings.ts';

/**
 * Runs one command line and gives its exit code. `args` are the words after the command's name.
 * A user's mistake is told in one line each, never as a stack trace.
 */
export async function runCli(args: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode: ExitCode = EXIT.done;
  const program = createProgram(surroundings, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (error instanceof CommandFault) {
      await reportProblems(surroundings.stderr, error.problems, error.place);
      return error.exitCode;
    }
    if (error instanceof IoFault) {
      const { problem, file, direction } = error;
      await reportProblems(surroundings.stderr, [problem], { file });
      return direction === 'read' ? EXIT.invalidInput : EXIT.fault;
    }
    const { StoreFault } = await import('../service/store-access.ts');
    if (!(error instanceof StoreFault)) throw error;
    const mend = STORE_FAULT_MEND[error.kind];
    const problem = { path: '', message: error.message, ...(mend === undefined ? {} : { mend }) };
    await reportProblems(surroundings.stderr, [problem]);
    return STORE_FAULT_EXIT[error.kind];
  }
}
