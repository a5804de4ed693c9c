import type { ServiceOutcome } from '../service-outcome.ts';

/** Someone who is always faster would be a fault elsewhere. */
const MOST_ATTEMPTS = 8;

/**
 * Does work on an episode again where someone else was faster. Who said which version they saw
 * (`expected`) is told instead, and decides again.
 */
export async function againOnConflict<T>(
  expected: number | undefined,
  work: () => Promise<ServiceOutcome<T>>,
): Promise<ServiceOutcome<T>> {
  let outcome = await work();
  for (let attempt = 2; attempt <= MOST_ATTEMPTS; attempt += 1) {
    if (outcome.ok || outcome.fault !== 'conflict' || expected !== undefined) return outcome;
    outcome = await work();
  }
  return outcome;
}
