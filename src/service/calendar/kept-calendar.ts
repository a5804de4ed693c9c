import type { CalendarQuery, StoredCalendarEntry } from '../../store/calendar-entry.ts';
import type { Store } from '../../store/store.ts';

const PAGE = 1000;

/** The calendar events that a store keeps, page by page, in the order of episode and key. */
export async function* keptCalendar(
  store: Pick<Store, 'pageCalendar'>,
  query: Omit<CalendarQuery, 'after' | 'limit'>,
): AsyncGenerator<StoredCalendarEntry, void, undefined> {
  let after: CalendarQuery['after'];
  for (;;) {
    const page = await store.pageCalendar({ ...query, after, limit: PAGE });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = { episode: last.episode, key: last.key };
  }
}
