import type { ServiceOutcome } from '../../service/store-access.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { CommandFault } from './command-fault.ts';
import type { Place } from './problem-report.ts';

type Failure = Exclude<ServiceOutcome<unknown>, { readonly ok: true }>;

const EXIT_OF: Readonly<Record<Failure['fault'], ExitCode>> = {
  invalid: EXIT.invalidInput,
  'not-found': EXIT.notFound,
  refused: EXIT.invalidInput,
  conflict: EXIT.busy,
  busy: EXIT.busy,
};

/** The value of a use case, or the end of the command. */
export function orFault<T>(outcome: ServiceOutcome<T>, place?: Place): T {
  if (outcome.ok) return outcome.value;
  throw new CommandFault(EXIT_OF[outcome.fault], outcome.problems, place);
}
