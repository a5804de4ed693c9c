import type { CaseEvent } from '../domain/event.ts';

/**
 * Gives an id to each event that has none: `e1`, `e2` …, the first numbers that no event of the
 * episode has. Nothing that was handed in is changed.
 */
export function withEventIds(
  events: readonly object[],
  recorded: readonly CaseEvent[],
): readonly object[] {
  const taken = new Set<unknown>(recorded.map(({ id }) => id));
  for (const event of events) if ('id' in event) taken.add(event.id);
  let number = recorded.length;
  return events.map((event) => {
    if ('id' in event && event.id !== undefined) return event;
    do number += 1;
    while (taken.has(`e${number}`));
    return { ...event, id: `e${number}` };
  });
}
