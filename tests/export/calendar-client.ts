import type { ReadEvent } from './read-calendar.ts';

/** What a calendar program holds, by UID. */
export type Held = ReadonlyMap<string, ReadEvent>;

/** Takes the events of a file in as a calendar program does: of one UID the higher SEQUENCE wins. RFC 5545 3.8.7.4. */
export function takenIn(held: Held, events: readonly ReadEvent[]): Held {
  const next = new Map(held);
  for (const event of events) {
    const before = next.get(event.uid);
    if (before === undefined || event.sequence > before.sequence) next.set(event.uid, event);
  }
  return next;
}

/** What it shows: all that is not cancelled, by UID. */
export function shown(held: Held): ReadEvent[] {
  return [...held.values()]
    .filter(({ status }) => status !== 'CANCELLED')
    .sort((a, b) => (a.uid < b.uid ? -1 : 1));
}
