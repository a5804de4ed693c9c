import { StoreFault, type StoreFaultKind } from '../../store/store-fault.ts';

/** Faults after which the store goes on as before. */
const PASSING: readonly StoreFaultKind[] = ['full', 'io', 'busy', 'read-only'];

/**
 * Does what only follows from a change that was kept: dates, and calendars that were handed out. Where
 * the file fails at it (a full disk), the change stands all the same and must not seem undone, and a
 * night's list is told all the same; the next nightly run makes up for the rest.
 * @throws StoreFault where the store is of no use any more
 */
export async function afterChange(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StoreFault) || !PASSING.includes(error.kind)) throw error;
  }
}
