import { assembleCalendar } from '../../export/calendar-assembly.ts';
import type { CalendarEntry } from '../../store/calendar-entry.ts';
import type { Feed } from '../access/resolve-feed.ts';
import type { Rest } from '../rest.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { feedEpisodes } from './feed-episodes.ts';
import { feedWindow, inWindow } from './feed-window.ts';
import { keptCalendar } from './kept-calendar.ts';

const DAY_MS = 86_400_000;
/** So many events are read between two rests. */
const AT_ONCE = 1000;

/** What a feed tells; who asks for it does not matter. */
export type FeedContent = Pick<Feed, 'clinic' | 'subject' | 'privacy'>;

/** The day from which feeds count, in UTC: it changes once a day for all of them. */
export function feedDay(now: number): number {
  return Math.floor(now / DAY_MS);
}

/**
 * The calendar of a feed, RFC 5545, from the events that the store keeps; null: its patient is gone.
 * The same kept events on the same day give the same bytes. Nothing is planned or written here: what
 * changes an episode keeps its events up to its plan. `rest` is waited for while much is read.
 */
export async function feedCalendar(
  { store }: Pick<SchedulerContext, 'store'>,
  { clinic, subject, privacy }: FeedContent,
  { today, rest }: { readonly today: number; readonly rest: Rest },
): Promise<string | null> {
  const episodes = await feedEpisodes({ store }, { clinic, subject });
  if (episodes === null) return null;
  const kept: CalendarEntry[] = [];
  for (const episode of episodes === 'all' ? [undefined] : episodes) {
    for await (const entry of keptCalendar(store, { clinic, episode, privacy })) {
      kept.push(entry);
      if (kept.length % AT_ONCE === 0) await rest();
    }
  }
  return assembleCalendar(inWindow(kept, feedWindow(subject.kind, today)));
}
