import type { DateText } from '../domain/civil-date.ts';
import type { KnownContact, Plan } from '../plan/plan.ts';
import type { WorklistRow } from '../plan/worklist-row.ts';

/**
 * The attempts to reach the patient about one item: those that name it, and of those that name none
 * the ones from `since` on. ISO dates compare as text.
 */
export function contactsAbout(
  { contacts }: Plan,
  item: string,
  since: DateText | null,
): WorklistRow['contacts'] {
  let count = 0;
  let last: KnownContact | null = null;
  for (const contact of contacts) {
    const about =
      contact.item === null ? since !== null && contact.date >= since : contact.item === item;
    if (!about) continue;
    count += 1;
    last = contact;
  }
  return { count, last };
}
