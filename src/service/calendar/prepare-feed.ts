import { dayInZone } from '../../domain/clock.ts';
import type { Clinic } from '../../store/clinic.ts';
import { againOnConflict } from '../episode/again-on-conflict.ts';
import { planStored } from '../episode/plan-stored.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { notDone, type ServiceFailure, type ServiceOutcome, succeed } from '../service-outcome.ts';
import type { FeedContent } from './feed-calendar.ts';
import { feedEpisodes } from './feed-episodes.ts';
import { refreshCalendar } from './refresh-calendar.ts';

/** So many episodes are looked at between two rests. */
const PAGE = 10;

/** Which calendar is to be made ready. */
export type FeedOrder = Omit<FeedContent, 'clinic'> & { readonly clinic: Clinic };

/**
 * Makes the calendar events that a subscription is to show and that were never handed out at its
 * level of privacy; those that were are kept up by each change and each night. It gives way after each
 * few episodes, so that a large clinic holds up nobody else. An episode that cannot be planned has
 * no events yet and keeps no other one back.
 * @returns how many episodes have no plan, or why it could not be done
 */
export async function* prepareFeed(
  context: SchedulerContext,
  { clinic, subject, privacy }: FeedOrder,
): AsyncGenerator<void, ServiceOutcome<{ readonly unplanned: number }>> {
  let unplanned = 0;
  for await (const episodes of pagesOf(context, { clinic: clinic.id, subject })) {
    for (const episode of episodes) {
      const query = { clinic: clinic.id, episode, privacy, limit: 1 };
      if ((await context.store.pageCalendar(query)).length > 0) continue;
      const done = await tellEpisode(context, clinic, episode, privacy);
      if (done.ok) unplanned += done.value === 'told' ? 0 : 1;
      else if (done.fault !== 'not-found') return done;
    }
    yield;
  }
  return succeed({ unplanned });
}

async function* pagesOf(
  { store }: SchedulerContext,
  { clinic, subject }: Parameters<typeof feedEpisodes>[1],
): AsyncGenerator<readonly number[]> {
  const episodes = (await feedEpisodes({ store }, { clinic, subject })) ?? [];
  if (episodes !== 'all') {
    for (let from = 0; from < episodes.length; from += PAGE)
      yield episodes.slice(from, from + PAGE);
    return;
  }
  let after = 0;
  for (;;) {
    const page = (await store.pageCases({ clinic, after, limit: PAGE })).map(({ id }) => id);
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last;
  }
}

/** Makes the events of one episode at a level of privacy; another change meanwhile is looked at anew. */
function tellEpisode(
  context: SchedulerContext,
  clinic: Clinic,
  episode: number,
  privacy: FeedContent['privacy'],
): Promise<ServiceFailure | ServiceOutcome<'told' | 'unplanned'>> {
  return againOnConflict<'told' | 'unplanned'>(undefined, async () => {
    const loaded = await context.store.loadCase({ clinic: clinic.id, episode });
    if (loaded.outcome !== 'ok') return notDone(loaded);
    const asOf = dayInZone(context.clock(), clinic.zone);
    const planned = await planStored(context, clinic.id, loaded.value, { asOf });
    if (!planned.ok) return succeed('unplanned');
    const { version } = loaded.value;
    const work = { clinic, episode, version, plan: planned.value, privacy };
    const told = await refreshCalendar(context, work);
    return told.ok ? succeed('told') : told;
  });
}
