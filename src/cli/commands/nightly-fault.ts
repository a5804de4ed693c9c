import type { ServiceOutcome } from '../../service/store-access.ts';
import type { CommandFault } from '../faults/command-fault.ts';
import { orFault } from '../faults/outcome.ts';
import { toldFault } from '../faults/told-fault.ts';

/** The value of one clinic's night, or why there is none, so that the other clinics have theirs. */
export async function nightOrFault<T>(
  night: () => Promise<ServiceOutcome<T>>,
): Promise<{ readonly value: T } | { readonly fault: CommandFault }> {
  try {
    return { value: orFault(await night()) };
  } catch (error) {
    const fault = await toldFault(error);
    if (fault === undefined) throw error;
    return { fault };
  }
}
