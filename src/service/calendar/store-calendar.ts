import type { CalendarPrivacy } from '../../domain/calendar-privacy.ts';
import { assembleCalendar, type RenderedEvent } from '../../export/calendar-assembly.ts';
import type { CalendarEntry } from '../../store/calendar-entry.ts';
import type { Clinic } from '../../store/clinic.ts';
import { findEpisode } from '../episode/find-episode.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { fail, type ServiceOutcome, succeed } from '../service-outcome.ts';
import { keptCalendar } from './kept-calendar.ts';

/** How long a cancelled event stays in the calendar, so that every reader learns it. */
const TOMBSTONE_DAYS = 90;
const DAY = 86_400_000;

/** Whose calendar: all episodes of a patient, one episode by the clinic's id, or a whole clinic. */
export type CalendarSubject =
  | { readonly of: 'patient'; readonly patientRef: string }
  | { readonly of: 'episode'; readonly externalId: string }
  | { readonly of: 'clinic' };

/** A calendar that the store has been keeping. */
export interface CalendarRequest {
  readonly clinic: Clinic;
  readonly subject: CalendarSubject;
  readonly privacy: CalendarPrivacy;
  /** Name that the reader shows; must be neutral. Absent: `Imaging follow-up`. */
  readonly name?: string | undefined;
}

export interface StoreCalendar {
  /** RFC 5545. The same kept events give the same bytes. */
  readonly text: string;
  /** Events that are planned. */
  readonly events: number;
  /** Cancelled events that readers are still told of. */
  readonly cancelled: number;
}

/**
 * The calendar of a patient, an episode or a clinic from the events that the store keeps, as they
 * were last refreshed. Cancelled ones are told for 90 days. `named` is for a clinic's calendar only.
 */
export async function storeCalendar(
  context: Pick<SchedulerContext, 'store' | 'clock'>,
  { clinic, subject, privacy, name }: CalendarRequest,
): Promise<ServiceOutcome<StoreCalendar>> {
  if (privacy === 'named' && subject.of !== 'clinic') {
    return fail('invalid', {
      path: 'privacy',
      message: 'a calendar with names is made for a whole clinic only',
      found: 'named',
      allowed: 'minimal, coded',
    });
  }
  const episodes = await episodesOf(context, clinic, subject);
  if (!episodes.ok) return episodes;
  const since = context.clock() - TOMBSTONE_DAYS * DAY;
  const told: RenderedEvent[] = [];
  let cancelled = 0;
  for (const episode of episodes.value) {
    const query = { clinic: clinic.id, episode, privacy };
    for await (const entry of keptCalendar(context.store, query)) {
      if (!isTold(entry, since)) continue;
      if (entry.cancelled) cancelled += 1;
      told.push({ uid: entry.uid, vevent: entry.vevent });
    }
  }
  const text = assembleCalendar(told, name);
  return succeed({ text, events: told.length - cancelled, cancelled });
}

function isTold({ cancelled, stamp }: CalendarEntry, since: number): boolean {
  return !cancelled || stamp >= since;
}

/** Numbers of episodes; `undefined` stands for all of them. */
async function episodesOf(
  context: Pick<SchedulerContext, 'store'>,
  clinic: Clinic,
  subject: CalendarSubject,
): Promise<ServiceOutcome<readonly (number | undefined)[]>> {
  if (subject.of === 'clinic') return succeed([undefined]);
  if (subject.of === 'episode') {
    const found = await findEpisode(context, clinic, subject.externalId);
    return found.ok ? succeed([found.value.id]) : found;
  }
  const { patientRef } = subject;
  const heads = await context.store.findEpisodes(clinic.id, { patientRef });
  if (heads.length > 0) return succeed(heads.map(({ id }) => id));
  return fail('not-found', {
    path: 'patient',
    message: `clinic ${clinic.code} has no episode of this patient`,
    mend: 'check the reference; capitals and spaces matter',
  });
}
