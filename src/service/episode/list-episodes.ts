import { type Day, formatDay } from '../../domain/civil-date.ts';
import { dayInZone } from '../../domain/clock.ts';
import type { Plan, PlannedVisit } from '../../plan/plan.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import { isUnanswered } from '../../worklist/open-items.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import type { ServiceFailure, ServiceOutcome } from '../service-outcome.ts';
import { nextVisitOf } from './decide-recording.ts';
import { pagesOfCases } from './each-case.ts';
import { planStored } from './plan-stored.ts';

/** Which episodes of a clinic. */
export interface EpisodeQuery {
  readonly clinic: Clinic;
  /** Absent: the clinic's today. */
  readonly asOf?: Day | undefined;
  readonly patientRef?: string | undefined;
  readonly protocol?: { readonly id: string; readonly version?: string | undefined } | undefined;
  /** Only those behind this episode, by its number; it plays no part in the list of one patient. */
  readonly after?: number | undefined;
}

/** One episode in a line. What its plan says is null where it cannot be planned. */
export interface EpisodeRow {
  readonly id: string;
  readonly patientRef: string | null;
  readonly laterality: string | null;
  readonly ablatedOn: string;
  readonly version: number;
  readonly protocol: string;
  readonly protocolVersion: string;
  readonly phase: string | null;
  readonly tier: string | null;
  readonly openEscalations: number | null;
  readonly nextVisit: string | null;
  readonly nextEarliest: string | null;
  readonly nextTarget: string | null;
  readonly nextLatest: string | null;
}

/** A row, and why it has no plan. */
export interface ListedEpisode {
  readonly row: EpisodeRow;
  /** The visit that is next in the row, as of the day of its plan. */
  readonly next: { readonly visit: PlannedVisit; readonly asOf: string } | null;
  readonly failure: ServiceFailure | null;
}

/** The episodes of a clinic, in the order of their registration; memory stays flat. */
export async function* listEpisodes(
  context: Pick<SchedulerContext, 'store' | 'protocols' | 'clock' | 'sha256'>,
  { clinic, patientRef, protocol, after, ...query }: EpisodeQuery,
): AsyncGenerator<ListedEpisode> {
  const asOf = query.asOf ?? dayInZone(context.clock(), clinic.zone);
  for await (const stored of casesOf(context, clinic, { patientRef, after })) {
    if (protocol !== undefined && !follows(stored, protocol)) continue;
    const plan = await planStored(context, clinic.id, stored, { asOf, explain: false });
    yield episodeRow(stored, plan);
  }
}

/** An episode in a line, with what its plan says. */
export function episodeRow(stored: StoredCase, plan: ServiceOutcome<Plan>): ListedEpisode {
  if (!plan.ok) return { row: rowOf(stored, null, null), next: null, failure: plan };
  const visit = nextVisitOf(plan.value);
  return {
    row: rowOf(stored, plan.value, visit),
    next: visit === null ? null : { visit, asOf: plan.value.asOf },
    failure: null,
  };
}

/** Those of one patient are few and found at once. */
async function* casesOf(
  context: Pick<SchedulerContext, 'store'>,
  { id: clinic }: Clinic,
  { patientRef, after }: Pick<EpisodeQuery, 'patientRef' | 'after'>,
): AsyncGenerator<StoredCase> {
  if (patientRef === undefined) {
    for await (const page of pagesOfCases(context, clinic, after)) yield* page;
    return;
  }
  for (const { id: episode } of await context.store.findEpisodes(clinic, { patientRef })) {
    const loaded = await context.store.loadCase({ clinic, episode });
    if (loaded.outcome === 'ok') yield loaded.value;
  }
}

function follows(
  { protocol }: StoredCase,
  { id, version }: NonNullable<EpisodeQuery['protocol']>,
): boolean {
  return protocol.id === id && (version === undefined || protocol.version === version);
}

function rowOf(
  { caseFile, version, protocol }: StoredCase,
  plan: Plan | null,
  visit: PlannedVisit | null,
): EpisodeRow {
  const { id, patientRef, laterality, ablation } = caseFile.episode;
  return {
    id,
    patientRef: patientRef ?? null,
    laterality: laterality ?? null,
    ablatedOn: formatDay(ablation.date),
    version,
    protocol: protocol.id,
    protocolVersion: protocol.version,
    phase: plan?.phase ?? null,
    tier: plan?.tier ?? null,
    openEscalations: plan === null ? null : plan.escalations.filter(isUnanswered).length,
    nextVisit: visit?.key ?? null,
    nextEarliest: visit?.earliest ?? null,
    nextTarget: visit?.target ?? null,
    nextLatest: visit?.latest ?? null,
  };
}
