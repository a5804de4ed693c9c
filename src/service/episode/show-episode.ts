import { dayInZone } from '../../domain/clock.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Plan } from '../../plan/plan.ts';
import type { LoggedAcknowledgement } from '../../store/acknowledgement.ts';
import type { ProtocolPin } from '../../store/stored-protocol.ts';
import { caseDocument } from '../cohort/cohort-document.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import { findEpisode } from './find-episode.ts';
import type { EpisodeOnDay } from './plan-episode.ts';
import { planStored } from './plan-stored.ts';

/** Fields of a case file's `episode` or event, dates as `YYYY-MM-DD`. */
type Fields = Readonly<Record<string, unknown>>;

/** An event with who recorded it, when, and the version of the episode that it made. */
export interface ShownEvent {
  readonly event: Fields & { readonly id: string; readonly type: string; readonly date: string };
  readonly recordedBy: string;
  /** ISO 8601, UTC. */
  readonly recordedAt: string;
  readonly version: number;
}

/** All that the store has of an episode, and its plan of one day. */
export interface ShownEpisode {
  readonly id: string;
  /** The store's number of it, by which the log of the service names it. */
  readonly number: number;
  readonly version: number;
  readonly protocol: ProtocolPin;
  readonly facts: Fields;
  /** In the order of recording. */
  readonly events: readonly ShownEvent[];
  readonly acknowledgements: readonly {
    readonly escalations: readonly string[];
    readonly reason: string;
    readonly recordedBy: string;
    readonly recordedAt: string;
    readonly version: number;
  }[];
  /** Null: it cannot be planned, and `unplanned` says why. */
  readonly plan: Plan | null;
  readonly unplanned: readonly Problem[];
}

/** Shows one episode: facts, events, acknowledgements, and the plan as of a day (absent: the clinic's today). */
export async function showEpisode(
  context: SchedulerContext,
  { clinic, episode, asOf }: EpisodeOnDay,
): Promise<ServiceOutcome<ShownEpisode>> {
  const found = await findEpisode(context, clinic, episode);
  if (!found.ok) return found;
  const stored = found.value;
  const scope = { clinic: clinic.id, episode: stored.id };
  const log = await context.store.loadEventLog(scope);
  if (log.outcome !== 'ok') return notDone(log);
  const acknowledgements = await context.store.loadAcknowledgements(scope);
  if (acknowledgements.outcome !== 'ok') return notDone(acknowledgements);
  const day = asOf ?? dayInZone(context.clock(), clinic.zone);
  const plan = await planStored(context, clinic.id, stored, { asOf: day });
  const { episode: facts } = stored.caseFile;
  const { id, version, protocol } = { ...stored, id: facts.id };
  const document = caseDocument({ episode: facts, events: log.value.map(({ event }) => event) });
  return succeed({
    id,
    number: stored.id,
    version,
    protocol,
    facts: document.episode,
    events: log.value.map(({ actor, at, version: made }, index) => ({
      event: document.events[index] as ShownEvent['event'],
      recordedBy: actor,
      recordedAt: new Date(at).toISOString(),
      version: made,
    })),
    acknowledgements: acknowledgements.value.map(shownAcknowledgement),
    plan: plan.ok ? plan.value : null,
    unplanned: plan.ok ? [] : plan.problems,
  });
}

function shownAcknowledgement({ escalations, reason, actor, at, version }: LoggedAcknowledgement) {
  const recordedAt = new Date(at).toISOString();
  return { escalations, reason, recordedBy: actor, recordedAt, version };
}
