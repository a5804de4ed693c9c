import { calendarCode } from '../../export/calendar-item.ts';
import type { SchedulerContext } from '../scheduler-context.ts';

const UID_LENGTH = 40;

/** Names the calendar events of a store. calendar.md, "Identity". */
export interface CalendarIdentity {
  /** Opaque; the same for ever, whatever the episode is called. `episode` is the store's number. */
  readonly uid: (episode: number, key: string) => string;
  /** The code under which calendars show a visit: 8 hexadecimal digits. */
  readonly code: (episode: number, key: string) => string;
}

/** The names that follow from the secret of a store. */
export async function calendarIdentity({
  store,
  hmac,
}: Pick<SchedulerContext, 'store' | 'hmac'>): Promise<CalendarIdentity> {
  const secret = await store.uidSecret();
  const uid = (episode: number, key: string) =>
    hmac(secret, `${episode}\n${key}`).slice(0, UID_LENGTH);
  return { uid, code: (episode, key) => calendarCode(uid(episode, key)) };
}
