import { dayInZone } from '../../domain/clock.ts';
import { diffPlans } from '../../plan/diff-plans.ts';
import type { Plan } from '../../plan/plan.ts';
import type { PlanDiff } from '../../plan/plan-diff.ts';
import type { Clinic } from '../../store/clinic.ts';
import { planCase } from '../case/plan-case.ts';
import { findEpisode } from '../episode/find-episode.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { type ServiceOutcome, succeed } from '../service-outcome.ts';
import { findProtocolVersion } from './find-protocol-version.ts';

interface Version {
  readonly id: string;
  readonly version: string;
}

/** Two protocols for one patient; nobody needs to have approved them. */
export interface ProtocolComparison {
  readonly clinic: Clinic;
  /** The clinic's id of the episode. */
  readonly episode: string;
  readonly from: Version;
  readonly to: Version;
}

export interface ComparedProtocols {
  readonly before: Plan;
  readonly diff: PlanDiff;
}

/** Plans one episode with each of two protocols, as of the clinic's today, and tells the difference. */
export async function compareProtocols(
  context: SchedulerContext,
  { clinic, episode, from, to }: ProtocolComparison,
): Promise<ServiceOutcome<ComparedProtocols>> {
  const stored = await findEpisode(context, clinic, episode);
  if (!stored.ok) return stored;
  const old = await findProtocolVersion(context, clinic, from);
  if (!old.ok) return old;
  const other = await findProtocolVersion(context, clinic, to);
  if (!other.ok) return other;
  const today = dayInZone(context.clock(), clinic.zone);
  const [before, after] = [old, other].map(({ value: { protocol } }) =>
    planCase(stored.value.caseFile, { protocol, today, asOf: today, explain: true }),
  ) as [Plan, Plan];
  return succeed({ before, diff: diffPlans(before, after) });
}
