import type { SchedulerContext } from '../scheduler-context.ts';
import { type ServiceOutcome, succeed } from '../service-outcome.ts';
import { type AdoptionWork, adoptProtocol } from './adopt-protocol.ts';
import type { Adoption } from './adoption.ts';

/** An adoption that somebody confirms. */
export interface ShownAdoption extends Omit<AdoptionWork, 'dryRun' | 'unapproved' | 'seen'> {
  /** The digest of the dry run that was shown. */
  readonly shown: string;
}

/**
 * Adopts what was shown, and nothing else. Where the cohort is no longer what was shown, or nothing is
 * left to adopt, the answer is a dry run that tells how it stands now, and nothing is written. An episode
 * that is changed while this is at work is a conflict and keeps its protocol.
 */
export async function adoptAsShown(
  context: SchedulerContext,
  { shown, ...work }: ShownAdoption,
): Promise<ServiceOutcome<Adoption>> {
  const seen = await adoptProtocol(context, { ...work, dryRun: true });
  if (!seen.ok) return seen;
  const { digest, totals } = seen.value;
  if (digest !== shown || totals.episodes.adopted === 0) return succeed(seen.value);
  return adoptProtocol(context, { ...work, seen: seen.value });
}
