import type { Day } from '../domain/civil-date.ts';
import { dayInZone } from '../domain/clock.ts';
import type { CaseEvent } from '../domain/event.ts';
import { parseEvents } from '../input/parse-events.ts';
import { diffPlans } from '../plan/diff-plans.ts';
import type { Plan, PlannedEscalation, PlannedVisit } from '../plan/plan.ts';
import type { PlanDiff } from '../plan/plan-diff.ts';
import type { Note } from '../plan/schedule.ts';
import type { Acknowledgement } from '../store/acknowledgement.ts';
import type { Clinic } from '../store/clinic.ts';
import type { StoredCase } from '../store/stored-case.ts';
import { openItems } from '../worklist/open-items.ts';
import { acknowledgementProblems, lostToFollowUpProblems } from './closure-checks.ts';
import { contradictions } from './contradictions.ts';
import { withEventIds } from './event-ids.ts';
import { findEpisode } from './find-episode.ts';
import { futureProblems } from './future-facts.ts';
import { pinnedProtocol } from './pinned-protocol.ts';
import { planStored } from './plan-stored.ts';
import { sameEvent } from './same-event.ts';
import { actNow, type SchedulerContext } from './scheduler-context.ts';
import { fail, invalid, notDone, type ServiceOutcome, succeed } from './service-outcome.ts';
import { settleEpisode } from './settle-episode.ts';

/** What happened to a patient, to be recorded. */
export interface Recording {
  readonly clinic: Clinic;
  /** The clinic's id of the episode. */
  readonly episode: string;
  /** Events of a case file, schedule.md "Input"; one without an `id` gets one. */
  readonly events: readonly object[];
  /** The version of the episode that the author saw; absent: as it stands. */
  readonly expected?: number | undefined;
  /** Needed where open escalations would be closed unanswered. */
  readonly acknowledgement?: Acknowledgement | undefined;
  /** True: an event that contradicts the history or has no effect is recorded all the same. */
  readonly acceptContradictions?: boolean | undefined;
  /** True: gives the answer, and writes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** What recording changes, told at once. */
export interface Recorded {
  readonly episode: string;
  /** The events with their ids; without those that were recorded before. */
  readonly events: readonly CaseEvent[];
  /** How many of the events handed in were recorded before, with the same content. */
  readonly knownBefore: number;
  readonly version: number;
  readonly before: Plan;
  readonly after: Plan;
  readonly diff: PlanDiff;
  readonly newEscalations: readonly PlannedEscalation[];
  /** The visit that someone must see to next; null: none is left. */
  readonly nextVisit: PlannedVisit | null;
  /** Warnings of the plan that were not there before. */
  readonly warnings: readonly Note[];
}

/**
 * Records events of one episode, all or none, and answers with what they change. An event that is
 * recorded already, with the same content, is left as it is, so that a sender may repeat itself.
 */
export async function recordEvents(
  context: SchedulerContext,
  recording: Recording,
): Promise<ServiceOutcome<Recorded>> {
  const { clinic, expected, dryRun = false } = recording;
  const found = await findEpisode(context, clinic, recording.episode);
  if (!found.ok) return found;
  const stored = found.value;
  const { caseFile, version } = stored;
  if (expected !== undefined && expected !== version) {
    return notDone({ outcome: 'conflict', version });
  }
  const act = actNow(context);
  const today = dayInZone(act.at, clinic.zone);
  const numbered = withEventIds(recording.events, caseFile.events);
  const { fresh, knownBefore } = withoutKnown(numbered, stored);
  const parsed = parseEvents(fresh, caseFile);
  if (!parsed.ok) return invalid(parsed);
  const decided = await decide(context, recording, { stored, events: parsed.value, today });
  if (!decided.ok) return decided;
  const recorded = { ...decided.value, knownBefore };
  if (dryRun || parsed.value.length === 0) return succeed(recorded);
  const scope = { clinic: clinic.id, episode: stored.id };
  const kept = await context.store.appendEvents(act, {
    ...scope,
    expected: version,
    events: parsed.value,
    acknowledgement: recording.acknowledgement,
  });
  if (kept.outcome !== 'ok') return notDone(kept);
  const now = { ...recorded, version: kept.value.version };
  const { version: reached, after: plan } = now;
  await settleEpisode(context, { clinic, episode: stored.id, version: reached, plan });
  return succeed(now);
}

/** Events that are not in the store yet. One with a known id and another content is left to the check. */
function withoutKnown(events: readonly object[], { caseFile }: StoredCase) {
  const kept = new Map(caseFile.events.map((event) => [event.id, event]));
  const fresh = events.filter((document) => {
    const known = 'id' in document ? kept.get(String(document.id)) : undefined;
    if (known === undefined) return true;
    const others = caseFile.events.filter((event) => event !== known);
    const parsed = parseEvents([document], { ...caseFile, events: others });
    const event = parsed.ok ? parsed.value[0] : undefined;
    return event === undefined || !sameEvent(known, event);
  });
  return { fresh, knownBefore: events.length - fresh.length };
}

interface Decision {
  readonly stored: StoredCase;
  readonly events: readonly CaseEvent[];
  readonly today: Day;
}

/** What the events change, or why they may not be recorded. */
async function decide(
  context: SchedulerContext,
  { clinic, episode, acknowledgement, acceptContradictions }: Recording,
  { stored, events, today }: Decision,
): Promise<ServiceOutcome<Omit<Recorded, 'knownBefore'>>> {
  const { caseFile, version } = stored;
  const joined = { ...caseFile, events: [...caseFile.events, ...events] };
  const future = futureProblems({ ...caseFile, events }, today);
  if (future.length > 0) return fail('invalid', ...future);
  const protocol = await pinnedProtocol(context, clinic.id, stored.protocol);
  if (!protocol.ok) return protocol;
  const before = await planStored(context, clinic.id, stored, { asOf: today });
  if (!before.ok) return before;
  const after = await planStored(
    context,
    clinic.id,
    { ...stored, caseFile: joined },
    { asOf: today },
  );
  if (!after.ok) return after;
  const plans = { before: before.value, after: after.value };
  const warnings = newWarnings(plans.before, plans.after);
  const problems = [
    ...(acceptContradictions === true ? [] : contradictions(plans, events, warnings)),
    ...acknowledgementProblems({ ...plans, events: joined.events }, acknowledgement),
    ...events.flatMap((event) =>
      event.type === 'closure' ? lostToFollowUpProblems(event, joined.events, protocol.value) : [],
    ),
  ];
  if (problems.length > 0) return fail('invalid', ...problems);
  const diff = diffPlans(plans.before, plans.after);
  const { staged, lanes } = openItems(plans.after);
  return succeed({
    episode,
    events,
    version,
    ...plans,
    diff,
    newEscalations: diff.escalations.added.flatMap(({ after: line }) => line ?? []),
    nextVisit: earliestOf(staged === null ? lanes : [staged, ...lanes]),
    warnings,
  });
}

function newWarnings(before: Plan, after: Plan): Note[] {
  const known = new Set(before.warnings.map((note) => JSON.stringify(note)));
  return after.warnings.filter((note) => !known.has(JSON.stringify(note)));
}

function earliestOf(visits: readonly PlannedVisit[]): PlannedVisit | null {
  return visits.reduce<PlannedVisit | null>(
    (next, visit) => (next === null || visit.target < next.target ? visit : next),
    null,
  );
}
