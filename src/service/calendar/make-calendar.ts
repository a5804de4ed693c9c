import { dayInZone } from '../../domain/clock.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import { againOnConflict } from '../episode/again-on-conflict.ts';
import { pagesOfCases } from '../episode/each-case.ts';
import { findEpisode } from '../episode/find-episode.ts';
import { planStored } from '../episode/plan-stored.ts';
import type { UnplannedEpisode } from '../episode/unplanned-episode.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import { type CalendarRefreshed, refreshCalendar } from './refresh-calendar.ts';
import { type CalendarRequest, type StoreCalendar, storeCalendar } from './store-calendar.ts';

/** A calendar to be brought up to the plans and told. */
export interface CalendarOrder extends CalendarRequest {
  /** True: says what would become of its events, and keeps nothing; the text is that of before. */
  readonly dryRun?: boolean | undefined;
}

export interface MadeCalendar extends StoreCalendar {
  /** What became of the events that the store keeps. */
  readonly refreshed: CalendarRefreshed;
  /** Episodes whose events stay as they were handed out, as there is no plan: somebody must know. */
  readonly unplanned: readonly UnplannedEpisode[];
}

/**
 * The calendar of a patient, an episode or a clinic, brought up to the plans of today first. The
 * same state gives the same bytes; what changed has a higher SEQUENCE. An episode that cannot be
 * planned keeps no other one back.
 */
export async function makeCalendar(
  context: SchedulerContext,
  { dryRun = false, ...request }: CalendarOrder,
): Promise<ServiceOutcome<MadeCalendar>> {
  const { clinic, subject, privacy } = request;
  // What cannot be told is refused before anything is written.
  const asked = await storeCalendar(context, request);
  if (!asked.ok) return asked;
  let refreshed: CalendarRefreshed = { added: 0, changed: 0, cancelled: 0, unchanged: 0 };
  const unplanned: UnplannedEpisode[] = [];
  for await (const stored of casesOf(context, clinic, subject)) {
    if (!stored.ok) return stored;
    const work = { clinic, stored: stored.value, privacy, dryRun };
    const done = await refreshEpisode(context, work);
    if (!done.ok) return done;
    if ('problems' in done.value) unplanned.push(done.value);
    else refreshed = sumOf(refreshed, done.value);
  }
  const told = await storeCalendar(context, request);
  return told.ok ? succeed({ ...told.value, refreshed, unplanned }) : told;
}

function sumOf(a: CalendarRefreshed, b: CalendarRefreshed): CalendarRefreshed {
  return {
    added: a.added + b.added,
    changed: a.changed + b.changed,
    cancelled: a.cancelled + b.cancelled,
    unchanged: a.unchanged + b.unchanged,
  };
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
  readonly dryRun: boolean;
}

type EpisodeRefreshed = ServiceOutcome<CalendarRefreshed | UnplannedEpisode>;

/** Where someone else changed the episode or its events meanwhile, it is looked at anew. */
async function refreshEpisode(
  context: SchedulerContext,
  work: EpisodeCalendar,
): Promise<EpisodeRefreshed> {
  const first = await refreshAsStored(context, work);
  if (first.ok || first.fault !== 'conflict') return first;
  const { clinic, stored } = work;
  return againOnConflict<CalendarRefreshed | UnplannedEpisode>(undefined, async () => {
    const loaded = await context.store.loadCase({ clinic: clinic.id, episode: stored.id });
    if (loaded.outcome !== 'ok') return notDone(loaded);
    return refreshAsStored(context, { ...work, stored: loaded.value });
  });
}

async function refreshAsStored(
  context: SchedulerContext,
  { clinic, stored, privacy, dryRun }: EpisodeCalendar,
): Promise<EpisodeRefreshed> {
  const asOf = dayInZone(context.clock(), clinic.zone);
  const { id: episode, version, caseFile } = stored;
  const plan = await planStored(context, clinic.id, stored, { asOf });
  if (!plan.ok) {
    const { problems } = plan;
    return succeed({ clinic: clinic.code, episode: caseFile.episode.id, problems });
  }
  return refreshCalendar(context, {
    clinic,
    episode,
    version,
    plan: plan.value,
    privacy,
    dryRun,
  });
}
