import { CALENDAR_PRIVACIES } from '../../domain/calendar-privacy.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Clinic } from '../../store/clinic.ts';
import { feedPrivacies } from '../calendar/feed-privacies.ts';
import { refreshCalendar } from '../calendar/refresh-calendar.ts';
import { actNow, type SchedulerContext } from '../scheduler-context.ts';
import { afterChange } from './after-change.ts';
import { dueItems } from './due-items.ts';

/** An episode that was changed, with the plan of what it is now. */
export interface ChangedEpisode {
  readonly clinic: Clinic;
  /** The store's number of the episode. */
  readonly episode: number;
  readonly version: number;
  readonly plan: Plan;
}

/**
 * Keeps what follows from a change of an episode: its dates, and the calendar events that were handed
 * out. Where someone else was faster nothing is kept: whoever changed the episode last keeps the newer
 * ones, and the nightly run looks after the rest.
 */
export async function settleEpisode(
  context: SchedulerContext,
  { clinic, episode, version, plan }: ChangedEpisode,
): Promise<void> {
  const plans = [{ episode, restsOn: version, items: dueItems(plan) }];
  await afterChange(async () => {
    await context.store.savePlans(actNow(context), { clinic: clinic.id, plans });
    await refreshHandedOut(context, { clinic, episode, version, plan });
  });
}

/**
 * Brings the calendars that an episode stands in, or that a subscription shows it in, up to its plan;
 * one that stands in none stays so.
 * A plan of an earlier version than the episode's changes nothing: whoever made the newer one tells it.
 */
export async function refreshHandedOut(
  context: SchedulerContext,
  { clinic, episode, version, plan }: ChangedEpisode,
): Promise<void> {
  const { patientRef } = plan.episode;
  const subscribed = await feedPrivacies(context, { clinic: clinic.id, episode, patientRef });
  for (const privacy of CALENDAR_PRIVACIES) {
    const query = { clinic: clinic.id, episode, privacy, limit: 1 };
    const isShown = subscribed.has(privacy);
    if (!isShown && (await context.store.pageCalendar(query)).length === 0) continue;
    await refreshCalendar(context, { clinic, episode, version, plan, privacy });
  }
}
