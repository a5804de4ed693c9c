import { type DateText, formatDay } from '../../domain/civil-date.ts';
import { dayInZone } from '../../domain/clock.ts';
import type { CaseEvent } from '../../domain/event.ts';
import { correctedEvents } from '../../history/corrections.ts';
import type { Plan, PlannedEscalation, PlannedVisit } from '../../plan/plan.ts';
import type { Clinic } from '../../store/clinic.ts';
import { openItems } from '../../worklist/open-items.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { type ServiceOutcome, succeed } from '../service-outcome.ts';
import { findEpisode } from './find-episode.ts';
import { pinnedProtocol } from './pinned-protocol.ts';
import { planStored } from './plan-stored.ts';

/** What a form for an event of one episode offers, as of today at the clinic. */
export interface RecordingSubject {
  readonly episode: string;
  readonly version: number;
  readonly today: DateText;
  /** The clinic's zone. */
  readonly zone: string;
  readonly plan: Plan;
  /** The visits that somebody must see to: they can be booked, put off, declined. */
  readonly openVisits: readonly PlannedVisit[];
  readonly openEscalations: readonly PlannedEscalation[];
  /** Every event, also those that were taken back, in the order of recording. */
  readonly events: readonly CaseEvent[];
  /** Ids of the events that were taken back. */
  readonly takenBack: ReadonlySet<string>;
  /** The kinds of contraindications that the protocol knows. */
  readonly contraindications: readonly string[];
}

/** Looks at an episode for somebody who is about to record an event of it. */
export async function recordingSubject(
  context: SchedulerContext,
  { clinic, episode }: { readonly clinic: Clinic; readonly episode: string },
): Promise<ServiceOutcome<RecordingSubject>> {
  const found = await findEpisode(context, clinic, episode);
  if (!found.ok) return found;
  const stored = found.value;
  const protocol = await pinnedProtocol(context, clinic.id, stored.protocol);
  if (!protocol.ok) return protocol;
  const today = dayInZone(context.clock(), clinic.zone);
  const plan = await planStored(context, clinic.id, stored, { asOf: today });
  if (!plan.ok) return plan;
  const { staged, lanes, escalations } = openItems(plan.value);
  const { events } = stored.caseFile;
  return succeed({
    episode: stored.caseFile.episode.id,
    version: stored.version,
    today: formatDay(today),
    zone: clinic.zone,
    plan: plan.value,
    openVisits: staged === null ? lanes : [staged, ...lanes],
    openEscalations: escalations,
    events,
    takenBack: new Set(correctedEvents(events).keys()),
    contraindications: Object.keys(protocol.value.contraindications),
  });
}
