import type { Episode } from '../../domain/episode.ts';
import type { EventType } from '../../domain/event.ts';
import type { Clinic } from '../../store/clinic.ts';
import { JUST_NOW } from '../just-now.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import { findEpisode } from './find-episode.ts';

/** An episode, with what whoever acts recorded of it just now. */
export interface RecordedJustNow {
  readonly episode: Episode;
  /** The kind of their last event; null: they recorded none in the last minutes. */
  readonly type: EventType | null;
}

/** Says what whoever acts recorded of an episode just now, whatever an address claims. */
export async function recordedJustNow(
  context: SchedulerContext,
  { clinic, episode }: { readonly clinic: Clinic; readonly episode: string },
): Promise<ServiceOutcome<RecordedJustNow>> {
  const found = await findEpisode(context, clinic, episode);
  if (!found.ok) return found;
  const { id, caseFile } = found.value;
  const log = await context.store.loadEventLog({ clinic: clinic.id, episode: id });
  if (log.outcome !== 'ok') return notDone(log);
  const last = log.value.findLast(({ actor }) => actor === context.actor);
  const isJustNow = last !== undefined && context.clock() - last.at <= JUST_NOW;
  return succeed({ episode: caseFile.episode, type: isJustNow ? last.event.type : null });
}
