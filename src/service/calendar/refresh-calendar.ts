import type { CalendarPrivacy } from '../../domain/calendar-privacy.ts';
import { calendarItems } from '../../export/calendar-item.ts';
import type { Plan } from '../../plan/plan.ts';
import type { CalendarEntry } from '../../store/calendar-entry.ts';
import type { Clinic } from '../../store/clinic.ts';
import { actNow, type SchedulerContext } from '../scheduler-context.ts';
import { notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import { calendarIdentity } from './calendar-identity.ts';
import { keptCalendar } from './kept-calendar.ts';
import { type CalendarChanges, reviseEntries } from './revise-entries.ts';

/** An episode whose calendar is to tell its plan. */
export interface CalendarRefresh {
  readonly clinic: Clinic;
  /** The store's number of the episode. */
  readonly episode: number;
  /** The version of the episode that the plan rests on. */
  readonly version: number;
  /** The plan of the case as it stands, with its explanations: `coded` and `named` events tell them. */
  readonly plan: Plan;
  readonly privacy: CalendarPrivacy;
  /** True: counts what would become of the events, and keeps nothing. */
  readonly dryRun?: boolean | undefined;
}

/** How many events became what. */
export type CalendarRefreshed = Omit<CalendarChanges, 'entries'>;

/**
 * Brings the kept calendar events of an episode up to its plan: what changed gets a new revision,
 * what vanished is cancelled, and what stayed the same is not written. `conflict`: someone else
 * changed the episode or revised the same events meanwhile, so the plan may be older than what is kept;
 * load the case, plan again and try again.
 */
export async function refreshCalendar(
  context: SchedulerContext,
  { clinic, episode, version, plan, privacy, dryRun = false }: CalendarRefresh,
): Promise<ServiceOutcome<CalendarRefreshed>> {
  const { store } = context;
  const { uid } = await calendarIdentity(context);
  const kept: CalendarEntry[] = [];
  for await (const entry of keptCalendar(store, { clinic: clinic.id, episode, privacy })) {
    kept.push(entry);
  }
  const items = calendarItems(plan, {
    privacy,
    uid: (key) => uid(episode, key),
    zone: clinic.zone,
  });
  const act = actNow(context);
  const { entries, ...counts } = reviseEntries(items, kept, { privacy, at: act.at });
  if (dryRun || entries.length === 0) return succeed(counts);
  const work = { clinic: clinic.id, episode, restsOn: version, entries };
  const saved = await store.saveCalendar(act, work);
  if (saved.outcome === 'ok') return succeed(counts);
  const failure = notDone(saved);
  const overtaken = saved.outcome === 'refused' && saved.why === 'sequence-not-higher';
  return overtaken ? { ...failure, fault: 'conflict' } : failure;
}
