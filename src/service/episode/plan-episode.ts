import type { Day } from '../../domain/civil-date.ts';
import { dayInZone } from '../../domain/clock.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import type { ServiceOutcome } from '../service-outcome.ts';
import { findEpisode } from './find-episode.ts';
import { planStored } from './plan-stored.ts';

/** One episode of a clinic on one day. */
export interface EpisodeOnDay {
  readonly clinic: Clinic;
  /** The clinic's id of the episode. */
  readonly episode: string;
  /** Absent: the clinic's today. */
  readonly asOf?: Day | undefined;
}

/** The plan of a stored episode with the protocol that it is pinned to. */
export async function planEpisode(
  context: Pick<SchedulerContext, 'store' | 'protocols' | 'clock' | 'sha256'>,
  { clinic, episode, asOf }: EpisodeOnDay,
): Promise<ServiceOutcome<Plan>> {
  const found = await findEpisode(context, clinic, episode);
  if (!found.ok) return found;
  const day = asOf ?? dayInZone(context.clock(), clinic.zone);
  return planStored(context, clinic.id, found.value, { asOf: day });
}
