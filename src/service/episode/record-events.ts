import { dayInZone } from '../../domain/clock.ts';
import type { CaseEvent } from '../../domain/event.ts';
import { parseEvents } from '../../input/parse-events.ts';
import type { Acknowledgement } from '../../store/acknowledgement.ts';
import type { Clinic } from '../../store/clinic.ts';
import { actNow, type SchedulerContext } from '../scheduler-context.ts';
import { notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import { againOnConflict } from './again-on-conflict.ts';
import { type Change, decideRecording } from './decide-recording.ts';
import { withEventIds } from './event-ids.ts';
import { findEpisode } from './find-episode.ts';
import { asHandedIn, recordedOtherwise, withoutKnown } from './known-events.ts';
import { pinnedProtocol } from './pinned-protocol.ts';
import { settleEpisode } from './settle-episode.ts';
import { refusedTakingBack } from './taken-back.ts';

/** What happened to a patient, to be recorded. */
export interface Recording {
  readonly clinic: Clinic;
  /** The clinic's id of the episode. */
  readonly episode: string;
  /** Events of a case file, schedule.md "Input"; one without an `id` gets one. */
  readonly events: readonly unknown[];
  /** The version of the episode that the author saw; absent: as it stands. */
  readonly expected?: number | undefined;
  /** Needed where open escalations would be closed unanswered. */
  readonly acknowledgement?: Acknowledgement | undefined;
  /** True: an event that contradicts the history or has no effect is recorded all the same. */
  readonly acceptContradictions?: boolean | undefined;
  /** False: whoever asks decides nothing, and may take no open escalation back. Absent: they may. */
  readonly mayDecide?: boolean | undefined;
  /** True: gives the answer, and writes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** What recording changes, told at once. */
export interface Recorded extends Change {
  readonly episode: string;
  /** The events with their ids; without those that were recorded before. */
  readonly events: readonly CaseEvent[];
  /** How many of the events handed in were recorded before, with the same content. */
  readonly knownBefore: number;
  readonly version: number;
}

/**
 * Records events of one episode, all or none, and answers with what they change. An event that is
 * recorded already, with the same content, is left as it is, so that a sender may repeat itself.
 * Without an expected version two people may record at once: the second one's events are judged
 * again by what the first one recorded.
 */
export function recordEvents(
  context: SchedulerContext,
  recording: Recording,
): Promise<ServiceOutcome<Recorded>> {
  return againOnConflict(recording.expected, () => recordOnce(context, recording));
}

async function recordOnce(
  context: SchedulerContext,
  { clinic, episode, expected, dryRun = false, ...recording }: Recording,
): Promise<ServiceOutcome<Recorded>> {
  const found = await findEpisode(context, clinic, episode);
  if (!found.ok) return found;
  const stored = found.value;
  const { caseFile, version } = stored;
  const act = actNow(context);
  const today = dayInZone(act.at, clinic.zone);
  const numbered = withEventIds(recording.events, caseFile.events);
  const { fresh, places } = withoutKnown(numbered, caseFile);
  if (fresh.length > 0 && expected !== undefined && expected !== version) {
    return notDone({ outcome: 'conflict', version });
  }
  const parsed = parseEvents(fresh, caseFile);
  if (!parsed.ok) {
    const problems = recordedOtherwise(parsed.problems, fresh, caseFile);
    return { ok: false, fault: 'invalid', problems: asHandedIn(problems, places) };
  }
  const events = parsed.value;
  const protocol = await pinnedProtocol(context, clinic.id, stored.protocol);
  if (!protocol.ok) return protocol;
  const acknowledgement = events.length === 0 ? undefined : recording.acknowledgement;
  const { acceptContradictions } = recording;
  const question = { stored, protocol: protocol.value, events, today, zone: clinic.zone };
  const decided = decideRecording({ ...question, acknowledgement, acceptContradictions });
  if (!decided.ok) return { ...decided, problems: asHandedIn(decided.problems, places) };
  const refused =
    recording.mayDecide === false && refusedTakingBack(decided.value.before, decided.value.after);
  if (refused) return refused;
  const knownBefore = numbered.length - events.length;
  const recorded = { ...decided.value, episode, events, knownBefore, version };
  if (dryRun || events.length === 0) return succeed(recorded);
  const scope = { clinic: clinic.id, episode: stored.id };
  const kept = await context.store.appendEvents(act, {
    ...scope,
    expected: version,
    events,
    acknowledgement,
  });
  if (kept.outcome !== 'ok') return notDone(kept);
  const now = { ...recorded, version: kept.value.version };
  await settleEpisode(context, {
    clinic,
    episode: stored.id,
    version: now.version,
    plan: now.after,
  });
  return succeed(now);
}
