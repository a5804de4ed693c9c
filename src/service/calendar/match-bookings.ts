import { CALENDAR_PRIVACIES } from '../../domain/calendar-privacy.ts';
import type { Problem } from '../../domain/problem.ts';
import { calendarCode } from '../../export/calendar-item.ts';
import type { FileEvent } from '../../input/calendar-file.ts';
import type { StoredCalendarEntry } from '../../store/calendar-entry.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { Store } from '../../store/store.ts';
import { keptCalendar } from './kept-calendar.ts';

/** A calendar event that was handed out, at each level of privacy at which it was. */
export interface HandedOut {
  /** The store's number of the episode. */
  readonly episode: number;
  readonly key: string;
  readonly entries: readonly StoredCalendarEntry[];
}

/** An event of the file that is about a visit of ours. */
export interface MatchedEvent {
  readonly event: FileEvent;
  readonly handedOut: HandedOut;
  /** False: it is the clinic's own event, and carries our code. */
  readonly byUid: boolean;
}

export interface Matches {
  readonly matched: readonly MatchedEvent[];
  readonly notOurs: number;
  readonly problems: readonly Problem[];
}

/**
 * Finds whose events these are: by UID, else by the code in title or description. A code that fits
 * several visits is a problem and never a guess.
 */
export async function matchBookings(
  store: Pick<Store, 'pageCalendar'>,
  clinic: Clinic,
  events: readonly FileEvent[],
): Promise<Matches> {
  const known = await handedOutTo(store, clinic, events);
  const byCode = new Map<string, HandedOut[]>();
  for (const [uid, entry] of known) {
    const code = calendarCode(uid);
    byCode.set(code, [...(byCode.get(code) ?? []), entry]);
  }
  const matched: MatchedEvent[] = [];
  const problems: Problem[] = [];
  for (const event of events) {
    const own = event.uid === null ? undefined : known.get(event.uid);
    const coded = event.codes.flatMap((code) => byCode.get(code) ?? []);
    const handedOut = own ?? coded[0];
    if (handedOut === undefined) continue;
    if (own === undefined && coded.length > 1) problems.push(ambiguous(event));
    else matched.push({ event, handedOut, byUid: own !== undefined });
  }
  return { matched, problems, notOurs: events.length - matched.length - problems.length };
}

/** What was handed out and the file may be about, by UID; all else is left in the store. */
async function handedOutTo(
  store: Pick<Store, 'pageCalendar'>,
  clinic: Clinic,
  events: readonly FileEvent[],
): Promise<Map<string, HandedOut>> {
  const uids = new Set(events.map(({ uid }) => uid));
  const codes = new Set(events.flatMap((event) => event.codes));
  const known = new Map<string, HandedOut>();
  for (const privacy of CALENDAR_PRIVACIES) {
    for await (const entry of keptCalendar(store, { clinic: clinic.id, privacy })) {
      const { uid, episode, key } = entry;
      if (!uids.has(uid) && !codes.has(calendarCode(uid))) continue;
      const entries = [...(known.get(uid)?.entries ?? []), entry];
      known.set(uid, { episode, key, entries });
    }
  }
  return known;
}

function ambiguous({ index }: FileEvent): Problem {
  return {
    path: `events[${index}]`,
    message: 'the event carries codes of several visits',
    mend: 'leave the one code that is meant, or record the booking by hand',
  };
}
