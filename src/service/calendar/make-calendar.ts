import { dayInZone } from '../../domain/clock.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import { againOnConflict } from '../episode/again-on-conflict.ts';
import { pagesOfCases } from '../episode/each-case.ts';
import { findEpisode } from '../episode/find-episode.ts';
import { planStored } from '../episode/plan-stored.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import { refreshCalendar } from './refresh-calendar.ts';
import { type CalendarRequest, type StoreCalendar, storeCalendar } from './store-calendar.ts';

/**
 * The calendar of a patient, an episode or a clinic, brought up to the plans of today first. The
 * same state gives the same bytes; what changed has a higher SEQUENCE.
 */
export async function makeCalendar(
  context: SchedulerContext,
  request: CalendarRequest,
): Promise<ServiceOutcome<StoreCalendar>> {
  const { clinic, subject, privacy } = request;
  // What cannot be told is refused before anything is written.
  const asked = await storeCalendar(context, request);
  if (!asked.ok) return asked;
  for await (const stored of casesOf(context, clinic, subject)) {
    if (!stored.ok) return stored;
    const refreshed = await refreshEpisode(context, { clinic, stored: stored.value, privacy });
    if (!refreshed.ok) return refreshed;
  }
  return storeCalendar(context, request);
}

async function* casesOf(
  context: SchedulerContext,
  clinic: Clinic,
  subject: CalendarRequest['subject'],
): AsyncGenerator<ServiceOutcome<StoredCase>> {
  if (subject.of === 'clinic') {
    for await (const page of pagesOfCases(context, clinic.id)) yield* page.map(succeed);
    return;
  }
  if (subject.of === 'episode') {
    yield await findEpisode(context, clinic, subject.externalId);
    return;
  }
  const { patientRef } = subject;
  for (const { id } of await context.store.findEpisodes(clinic.id, { patientRef })) {
    const loaded = await context.store.loadCase({ clinic: clinic.id, episode: id });
    yield loaded.outcome === 'ok' ? succeed(loaded.value) : notDone(loaded);
  }
}

interface EpisodeCalendar {
  readonly clinic: Clinic;
  readonly stored: StoredCase;
  readonly privacy: CalendarRequest['privacy'];
}

/** Where someone else changed the episode or its events meanwhile, it is looked at anew. */
async function refreshEpisode(
  context: SchedulerContext,
  { clinic, stored, privacy }: EpisodeCalendar,
): Promise<ServiceOutcome<unknown>> {
  const first = await refreshAsStored(context, { clinic, stored, privacy });
  if (first.ok || first.fault !== 'conflict') return first;
  return againOnConflict(undefined, async () => {
    const loaded = await context.store.loadCase({ clinic: clinic.id, episode: stored.id });
    if (loaded.outcome !== 'ok') return notDone(loaded);
    return refreshAsStored(context, { clinic, stored: loaded.value, privacy });
  });
}

async function refreshAsStored(
  context: SchedulerContext,
  { clinic, stored, privacy }: EpisodeCalendar,
): Promise<ServiceOutcome<unknown>> {
  const asOf = dayInZone(context.clock(), clinic.zone);
  const plan = await planStored(context, clinic.id, stored, { asOf });
  if (!plan.ok) return plan;
  const { id: episode, version } = stored;
  return refreshCalendar(context, { clinic, episode, version, plan: plan.value, privacy });
}
