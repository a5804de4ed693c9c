import type { Clinic } from '../../store/clinic.ts';
import { permissionToRecord } from '../access/permission.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { type ServiceOutcome, succeed } from '../service-outcome.ts';
import { findEpisode } from './find-episode.ts';

/** Events that somebody wants to record. */
interface WantedRecording {
  readonly clinic: Clinic;
  /** The clinic's id of the episode. */
  readonly episode: string;
  readonly events: readonly unknown[];
  /** Whether open escalations are left unanswered on the author's word. */
  readonly acknowledged: boolean;
}

/** What recording events for an episode needs, by what it has: a correction needs what it takes back needs. */
export async function recordingPermission(
  context: Pick<SchedulerContext, 'store'>,
  { clinic, episode, events, acknowledged }: WantedRecording,
): Promise<ServiceOutcome<'record' | 'decide'>> {
  const found = await findEpisode(context, clinic, episode);
  if (!found.ok) return found;
  const { events: recorded } = found.value.caseFile;
  return succeed(permissionToRecord(events, { acknowledged, recorded }));
}
