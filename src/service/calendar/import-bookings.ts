import { type DateText, type Day, formatDay } from '../../domain/civil-date.ts';
import { dayInZone } from '../../domain/clock.ts';
import type { Booking } from '../../domain/event.ts';
import type { Problem } from '../../domain/problem.ts';
import { type CalendarFile, scanCalendar } from '../../input/calendar-file.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import { planStored } from '../episode/plan-stored.ts';
import { recordEvents } from '../episode/record-events.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { invalid, notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import { withoutDisputes } from './disputed-bookings.ts';
import { judgeBooking, type Verdict } from './judge-booking.ts';
import { type MatchedEvent, matchBookings } from './match-bookings.ts';

/** A calendar file that comes back from a clinic's calendar system. */
export interface BookingImport {
  readonly clinic: Clinic;
  /** The file, RFC 5545. */
  readonly text: string;
  /** True: books also what lies outside the window, in the past, or at an hour that does not exist. */
  readonly acceptDoubtful?: boolean | undefined;
  /** True: says what would be recorded, and writes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** A visit that the file speaks of. */
export interface FileVisit {
  /** Place of the event in the file, from 0. */
  readonly index: number;
  /** The clinic's id of the episode. */
  readonly episode: string;
  readonly visit: string;
}

export interface FileBooking extends FileVisit {
  /** In the form of `Booking.appointment`. */
  readonly appointment: string;
  readonly location?: string | undefined;
  /** The window of the visit, where the appointment lies outside of it: a person should look at it. */
  readonly outsideWindow?: { readonly earliest: DateText; readonly latest: DateText } | undefined;
}

/** What became of the events of the file, each list in the file's order of episodes and events. */
export interface ImportedBookings {
  readonly booked: readonly FileBooking[];
  /** Recorded before, or our own entries as they were handed out. */
  readonly unchanged: readonly FileVisit[];
  /** Older revisions of our own entries. */
  readonly outdated: readonly FileVisit[];
  /** Cancelled by the clinic: a person must see to them; `appointment` is the one recorded, if any. */
  readonly cancelled: readonly (FileVisit & { readonly appointment: string | null })[];
  readonly notOurs: number;
  readonly problems: readonly Problem[];
}

/**
 * Records the appointments that a clinic made in its own calendar system. Each event is matched by
 * UID or code; what is not ours is left alone. The same file a second time records nothing. A fault
 * of one event keeps none of the others back; only a file that cannot be read is refused.
 */
export async function importBookings(
  context: SchedulerContext,
  { clinic, text, acceptDoubtful = false, dryRun = false }: BookingImport,
): Promise<ServiceOutcome<ImportedBookings>> {
  const file = scanCalendar(text);
  if (!file.ok) return invalid(file);
  const { matched, notOurs, problems } = await matchBookings(
    context.store,
    clinic,
    file.value.events,
  );
  const parts = [{ ...nothing(), problems: [...problems] }];
  for (const matches of byEpisode(matched)) {
    const work = { matches, file: file.value, acceptDoubtful, dryRun };
    parts.push(await importEpisode(context, clinic, work));
  }
  return succeed({
    booked: parts.flatMap(({ booked }) => booked),
    unchanged: parts.flatMap(({ unchanged }) => unchanged),
    outdated: parts.flatMap(({ outdated }) => outdated),
    cancelled: parts.flatMap(({ cancelled }) => cancelled),
    notOurs,
    problems: parts.flatMap((part) => part.problems),
  });
}

function nothing() {
  const booked: FileBooking[] = [];
  const unchanged: FileVisit[] = [];
  const outdated: FileVisit[] = [];
  const cancelled: ImportedBookings['cancelled'][number][] = [];
  const problems: Problem[] = [];
  return { booked, unchanged, outdated, cancelled, problems };
}

function byEpisode(matched: readonly MatchedEvent[]): MatchedEvent[][] {
  const groups = new Map<number, MatchedEvent[]>();
  for (const match of matched) {
    const { episode } = match.handedOut;
    const group = groups.get(episode);
    if (group === undefined) groups.set(episode, [match]);
    else group.push(match);
  }
  return [...groups.values()];
}

async function importEpisode(
  context: SchedulerContext,
  clinic: Clinic,
  work: {
    readonly matches: readonly MatchedEvent[];
    readonly file: CalendarFile;
    readonly acceptDoubtful: boolean;
    readonly dryRun: boolean;
  },
): Promise<ReturnType<typeof nothing>> {
  const part = nothing();
  const { matches, file, acceptDoubtful, dryRun } = work;
  const today = dayInZone(context.clock(), clinic.zone);
  const subject = await subjectOf(context, clinic, matches, today);
  if (!subject.ok) {
    const problems = matches.flatMap(({ event }) => placed(subject.problems, event.index));
    return { ...part, problems };
  }
  const { stored, plan } = subject.value;
  const judged = withoutDisputes(
    matches.map((match) => {
      const bookings = bookingsOf(match.handedOut.key, stored, plan);
      const asked = { bookings, zones: file.zones, clinicZone: clinic.zone, acceptDoubtful };
      return { match, verdict: judgeBooking(match, { plan, today, ...asked }) };
    }),
  );
  const externalId = stored.caseFile.episode.id;
  for (const { match, verdict } of judged) sort(part, match, verdict, externalId);
  if (part.booked.length === 0) return part;
  const recorded = await recordEvents(context, {
    clinic,
    episode: externalId,
    expected: stored.version,
    events: part.booked.map((booking) => eventOf(booking, today)),
    acceptContradictions: acceptDoubtful,
    dryRun,
  });
  if (recorded.ok) return part;
  const refused = part.booked.flatMap(({ index }) => placed(recorded.problems, index));
  return { ...part, booked: [], problems: [...part.problems, ...refused] };
}

async function subjectOf(
  context: SchedulerContext,
  clinic: Clinic,
  [first]: readonly MatchedEvent[],
  asOf: Day,
): Promise<ServiceOutcome<{ readonly stored: StoredCase; readonly plan: Plan }>> {
  const episode = first?.handedOut.episode ?? 0;
  const loaded = await context.store.loadCase({ clinic: clinic.id, episode });
  if (loaded.outcome !== 'ok') return notDone(loaded);
  const plan = await planStored(context, clinic.id, loaded.value, { asOf, explain: false });
  return plan.ok ? succeed({ stored: loaded.value, plan: plan.value }) : plan;
}

/** Bookings of a visit that stand, in the plan's order. */
function bookingsOf(visit: string, { caseFile }: StoredCase, { events }: Plan): Booking[] {
  const byId = new Map(caseFile.events.map((event) => [event.id, event]));
  return events.flatMap(({ id }) => {
    const event = byId.get(id);
    return event?.type === 'booking' && event.visit === visit ? [event] : [];
  });
}

function sort(
  part: ReturnType<typeof nothing>,
  { event, handedOut }: MatchedEvent,
  verdict: Verdict,
  episode: string,
): void {
  const place = { index: event.index, episode, visit: handedOut.key };
  switch (verdict.says) {
    case 'booking': {
      const { says: _, ...booking } = verdict;
      part.booked.push({ ...place, ...booking });
      return;
    }
    case 'recorded':
    case 'untouched':
      part.unchanged.push(place);
      return;
    case 'outdated':
      part.outdated.push(place);
      return;
    case 'cancelled':
      part.cancelled.push({ ...place, appointment: verdict.appointment });
      return;
    case 'problem':
      part.problems.push(verdict.problem);
  }
}

function eventOf({ visit, appointment, location }: FileBooking, today: Day): object {
  return {
    type: 'booking',
    date: formatDay(today),
    visit,
    appointment,
    ...(location === undefined ? {} : { location }),
  };
}

function placed(problems: readonly Problem[], index: number): Problem[] {
  return problems.map((problem) => ({ ...problem, path: `events[${index}]` }));
}
