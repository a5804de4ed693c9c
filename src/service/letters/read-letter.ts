import { formatDay } from '../../domain/civil-date.ts';
import { showFound } from '../../domain/problem.ts';
import type { Letter } from '../../export/letter.ts';
import { letterOfNote } from '../../export/letter-words.ts';
import { correctedEvents } from '../../history/corrections.ts';
import type { Clinic } from '../../store/clinic.ts';
import { findEpisode } from '../episode/find-episode.ts';
import { planStored } from '../episode/plan-stored.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import {
  fail,
  notDone,
  type ServiceFailure,
  type ServiceOutcome,
  succeed,
} from '../service-outcome.ts';
import { codeOf, KEY_OF_NO_VISIT, letterVisit } from './prepare-letter.ts';

export interface ReadLetter {
  readonly letter: Letter;
  /** True: its record was taken back. */
  readonly takenBack: boolean;
}

/**
 * A letter that was recorded, once more as it was written: from the episode as it stood then, whatever
 * was recorded since.
 */
export async function readLetter(
  context: SchedulerContext,
  {
    clinic,
    episode,
    id,
  }: { readonly clinic: Clinic; readonly episode: string; readonly id: string },
): Promise<ServiceOutcome<ReadLetter>> {
  const found = await findEpisode(context, clinic, episode);
  if (!found.ok) return found;
  const scope = { clinic: clinic.id, episode: found.value.id };
  const log = await context.store.loadEventLog(scope);
  if (log.outcome !== 'ok') return notDone(log);
  const logged = log.value.find(({ event }) => event.id === id);
  const contact = logged?.event.type === 'contact' ? logged.event : undefined;
  const named = contact?.method === 'letter' ? letterOfNote(contact.note ?? '') : null;
  if (logged === undefined || contact === undefined || named === null) return noLetter(id);
  const then = await context.store.loadCase({ ...scope, version: logged.version });
  if (then.outcome !== 'ok') return notDone(then);
  const plan = await planStored(context, clinic.id, then.value, { asOf: contact.date });
  if (!plan.ok) return plan;
  const visit = plan.value.visits.find(({ key }) => key === contact.item);
  // A contact that was typed by hand may look like a letter, and be about no visit.
  if (visit === undefined && named.kind !== 'closing') return noLetter(id);
  const key = visit?.key ?? KEY_OF_NO_VISIT;
  const code = await codeOf(context, { clinic, episode, key });
  if (!code.ok) return code;
  const date = formatDay(contact.date);
  const letter: Letter = {
    ...named,
    date,
    clinic: clinic.name,
    zone: clinic.zone,
    code: code.value,
    visit:
      visit === undefined ? null : letterVisit(visit, { date, at: logged.at, zone: clinic.zone }),
  };
  const takenBack = correctedEvents(log.value.map(({ event }) => event)).has(id);
  return succeed({ letter, takenBack });
}

function noLetter(id: string): ServiceFailure {
  return fail('not-found', {
    path: 'letter',
    message: 'the episode has no such letter',
    found: showFound(id),
  });
}
