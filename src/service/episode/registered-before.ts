import { dayInZone } from '../../domain/clock.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { findEpisode } from './find-episode.ts';
import { readRegistration } from './read-registration.ts';
import type { Registration } from './register-episode.ts';
import { sameContent } from './same-event.ts';

/**
 * Whether the clinic has the episode already, with the same facts and under the protocol that is
 * wanted: a form that was sent twice registered it once, and there is nothing to mend.
 */
export async function registeredBefore(
  context: SchedulerContext,
  { clinic, document, protocol = {} }: Registration,
): Promise<boolean> {
  const read = readRegistration(document, dayInZone(context.clock(), clinic.zone));
  if (!read.ok) return false;
  const { episode } = read.value.caseFile;
  const found = await findEpisode(context, clinic, episode.id);
  if (!found.ok) return false;
  const { caseFile, protocol: pin } = found.value;
  const follows = (wanted: string | undefined, kept: string) =>
    wanted === undefined || wanted === kept;
  return (
    sameContent(caseFile.episode, episode) &&
    follows(protocol.id, pin.id) &&
    follows(protocol.version, pin.version)
  );
}
