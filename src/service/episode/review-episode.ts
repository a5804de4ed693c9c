import { formatDay, parseDay } from '../../domain/civil-date.ts';
import { dayInZone } from '../../domain/clock.ts';
import type { CaseEvent } from '../../domain/event.ts';
import { correctedEvents } from '../../history/corrections.ts';
import { type RuleSupport, supportOf } from '../../plan/citations.ts';
import { calendarIdentity } from '../calendar/calendar-identity.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { type ServiceOutcome, succeed } from '../service-outcome.ts';
import { findEpisode } from './find-episode.ts';
import { pinnedProtocol } from './pinned-protocol.ts';
import type { EpisodeOnDay } from './plan-episode.ts';
import { type ShownEpisode, type ShownEvent, showEpisode } from './show-episode.ts';

/** An event of the history, and whether it stands. */
export interface HistoryEntry extends ShownEvent {
  /** The correction that takes it back, of those known on the day; null: it stands. */
  readonly takenBackBy: string | null;
}

/** One episode as somebody reads it who checks it line by line. */
export interface EpisodeReview extends Omit<ShownEpisode, 'events'> {
  readonly asOf: string;
  /** The clinic's today. */
  readonly today: string;
  /** The events of the day and before, in the order of recording. */
  readonly history: readonly HistoryEntry[];
  /** Recorded events that are dated after the day: it knows nothing of them. */
  readonly later: number;
  /** The code under which calendars show a visit, by its key. */
  readonly codes: ReadonlyMap<string, string>;
  /** What the protocol says in support of its verdicts about exams. */
  readonly verdicts: RuleSupport;
}

/**
 * All that is recorded of an episode up to a day (absent: the clinic's today), and the plan of that day. Events
 * count by the day on which they happened, whenever they were recorded; the facts are those of now.
 */
export async function reviewEpisode(
  context: SchedulerContext,
  { clinic, episode, ...question }: EpisodeOnDay,
): Promise<ServiceOutcome<EpisodeReview>> {
  const today = dayInZone(context.clock(), clinic.zone);
  const asOf = question.asOf ?? today;
  const found = await findEpisode(context, clinic, episode);
  if (!found.ok) return found;
  const shown = await showEpisode(context, { clinic, episode, asOf });
  if (!shown.ok) return shown;
  const { events, ...rest } = shown.value;
  const day = formatDay(asOf);
  // Days in this form are in order as text.
  const known = events.filter(({ event }) => event.date <= day);
  const removed = correctedEvents(known.map(caseEvent));
  const { code } = await calendarIdentity(context);
  const protocol = await pinnedProtocol(context, clinic.id, rest.protocol);
  const visits = rest.plan?.visits ?? [];
  return succeed({
    ...rest,
    asOf: day,
    today: formatDay(today),
    history: known.map((entry) => ({
      ...entry,
      takenBackBy: removed.get(entry.event.id)?.id ?? null,
    })),
    later: events.length - known.length,
    codes: new Map(visits.map(({ key }) => [key, code(found.value.id, key)])),
    verdicts: protocol.ok ? supportOf('verdict', protocol.value) : { reasons: [], citations: [] },
  });
}

/** The event of a document that was made from one. */
function caseEvent({ event }: ShownEvent): CaseEvent {
  return { ...event, date: parseDay(event.date) } as unknown as CaseEvent;
}
