import { EXIT } from '../exit-code.ts';
import { IoFault } from '../surroundings.ts';
import { CommandFault } from './command-fault.ts';
import { STORE_FAULT_EXIT, STORE_FAULT_MEND } from './store-faults.ts';

/** A fault that a person can do something about; undefined: an error of the program. */
export async function toldFault(error: unknown): Promise<CommandFault | undefined> {
  if (error instanceof CommandFault) return error;
  if (error instanceof IoFault) {
    const { problem, file, direction } = error;
    const code = direction === 'read' ? EXIT.invalidInput : EXIT.fault;
    return new CommandFault(code, [problem], { file });
  }
  if (error instanceof RangeError && error.message === 'Invalid string length') {
    return new CommandFault(EXIT.fault, [TOO_LONG]);
  }
  const { StoreFault } = await import('../../service/store-access.ts');
  if (!(error instanceof StoreFault)) return undefined;
  const { kind, message } = error;
  return new CommandFault(STORE_FAULT_EXIT[kind], [
    { path: '', message, mend: STORE_FAULT_MEND[kind] },
  ]);
}

const TOO_LONG = {
  path: '',
  message: 'what is to be told is too long for one text of 512 MB',
  mend: 'ask for less: one clinic, one bucket; or for ndjson or csv, which are written row by row',
};
