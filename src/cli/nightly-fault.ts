import { type ServiceOutcome, StoreFault } from '../service/store-access.ts';
import { CommandFault } from './command-fault.ts';
import { EXIT } from './exit-code.ts';
import { orFault } from './outcome.ts';
import { STORE_FAULT_EXIT, STORE_FAULT_MEND } from './store-faults.ts';
import { IoFault } from './surroundings.ts';

/** The value of one clinic's night, or why there is none, so that the other clinics have theirs. */
export async function nightOrFault<T>(
  night: () => Promise<ServiceOutcome<T>>,
): Promise<{ readonly value: T } | { readonly fault: CommandFault }> {
  try {
    return { value: orFault(await night()) };
  } catch (error) {
    const fault = commandFaultOf(error);
    if (fault === undefined) throw error;
    return { fault };
  }
}

function commandFaultOf(error: unknown): CommandFault | undefined {
  if (error instanceof CommandFault) return error;
  if (error instanceof IoFault) {
    return new CommandFault(EXIT.fault, [error.problem], { file: error.file });
  }
  if (!(error instanceof StoreFault)) return undefined;
  const { kind, message } = error;
  return new CommandFault(STORE_FAULT_EXIT[kind], [
    { path: '', message, mend: STORE_FAULT_MEND[kind] },
  ]);
}
