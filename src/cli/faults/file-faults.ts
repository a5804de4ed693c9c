import { EXIT } from '../exit-code.ts';
import type { FileFault } from '../surroundings.ts';
import { CommandFault } from './command-fault.ts';

/** Ends the command because a file could not be read. */
export function fileFault(fault: FileFault, file: string): CommandFault {
  const code = fault.kind === 'missing' ? EXIT.notFound : EXIT.invalidInput;
  return new CommandFault(code, [fault.problem], { file });
}

/** Ends the command because a file could not be made. */
export function outputFault(fault: FileFault, file: string): CommandFault {
  const code = fault.kind === 'missing' ? EXIT.notFound : EXIT.fault;
  return new CommandFault(code, [fault.problem], { file });
}
