import type { CaseFile } from '../../domain/case-file.ts';
import { type Day, formatDay, laterOf } from '../../domain/civil-date.ts';
import { dayInZone } from '../../domain/clock.ts';
import type { CaseEvent } from '../../domain/event.ts';
import { parseEvents } from '../../input/parse-events.ts';
import { diffPlans } from '../../plan/diff-plans.ts';
import type { Plan } from '../../plan/plan.ts';
import type { PlanDiff } from '../../plan/plan-diff.ts';
import type { Note } from '../../plan/schedule.ts';
import { findProtocol } from '../../protocol/catalog.ts';
import type { Protocol } from '../../protocol/protocol-schema.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import { planCase } from '../case/plan-case.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { fail, invalid, type ServiceOutcome, succeed } from '../service-outcome.ts';
import { newWarnings } from './decide-recording.ts';
import { withEventIds } from './event-ids.ts';
import { findEpisode } from './find-episode.ts';
import { pinnedProtocol } from './pinned-protocol.ts';
import { revisedFacts } from './update-episode.ts';

/** What is supposed of an episode, to see the plan that it would give. Nothing of it is recorded. */
export interface Supposition {
  readonly clinic: Clinic;
  /** The clinic's id of the episode. */
  readonly episode: string;
  /** Events of a case file that would join it, without ids; they may lie ahead. */
  readonly events?: readonly object[] | undefined;
  /** A whole `episode` of a case file instead of the facts. */
  readonly facts?: unknown;
  /** Another protocol: a version that the clinic keeps, or without a version one of the catalog. */
  readonly protocol?: { readonly id: string; readonly version?: string | undefined } | undefined;
}

/** The plan as it is and as it would be, both as of the same day. */
export interface Supposed {
  readonly before: Plan;
  readonly after: Plan;
  readonly diff: PlanDiff;
  /** Warnings that are not there as it is. */
  readonly warnings: readonly Note[];
  /** Ids under which the supposed events stand in the plan. */
  readonly supposed: readonly string[];
  /** The day of both plans: today, or that of the last supposed event where it lies ahead. */
  readonly asOf: string;
  readonly today: string;
}

/**
 * Plans an episode as if something had happened, or as if other facts or another protocol held. It
 * only reads: neither the store nor the audit log gets a row.
 */
export async function whatIf(
  context: Pick<SchedulerContext, 'store' | 'protocols' | 'clock' | 'sha256'>,
  { clinic, episode, events = [], facts, protocol }: Supposition,
): Promise<ServiceOutcome<Supposed>> {
  const found = await findEpisode(context, clinic, episode);
  if (!found.ok) return found;
  const stored = found.value;
  const today = dayInZone(context.clock(), clinic.zone);
  const pinned = await pinnedProtocol(context, clinic.id, stored.protocol);
  if (!pinned.ok) return pinned;
  const other = await supposedProtocol(context, clinic, protocol, pinned.value);
  if (!other.ok) return other;
  const supposed = supposedCase(stored, { events, facts, today });
  if (!supposed.ok) return supposed;
  const { caseFile, joined } = supposed.value;
  const asOf = joined.reduce<Day>((latest, { date }) => laterOf(latest, date), today);
  const before = planCase(stored.caseFile, { protocol: pinned.value, today: asOf, asOf });
  const after = planCase(caseFile, { protocol: other.value, today: asOf, asOf });
  return succeed({
    before,
    after,
    diff: diffPlans(before, after),
    warnings: newWarnings(before, after),
    supposed: joined.map(({ id }) => id),
    asOf: formatDay(asOf),
    today: formatDay(today),
  });
}

interface Supposing {
  readonly events: readonly object[];
  readonly facts: unknown;
  readonly today: Day;
}

function supposedCase(
  stored: StoredCase,
  { events, facts, today }: Supposing,
): ServiceOutcome<{ readonly caseFile: CaseFile; readonly joined: readonly CaseEvent[] }> {
  const { caseFile } = stored;
  const revised =
    facts === undefined ? succeed(caseFile.episode) : revisedFacts(stored, { whole: facts }, today);
  // Events are read even where the facts are wrong, so that all that is to be mended is told at once.
  const other = revised.ok ? { ...caseFile, episode: revised.value } : caseFile;
  const joined = parseEvents(withEventIds(events, caseFile.events), other);
  if (!revised.ok) {
    return joined.ok ? revised : fail('invalid', ...joined.problems, ...revised.problems);
  }
  if (!joined.ok) return invalid(joined);
  return succeed({
    caseFile: { ...other, events: [...caseFile.events, ...joined.value] },
    joined: joined.value,
  });
}

async function supposedProtocol(
  context: Pick<SchedulerContext, 'store' | 'protocols' | 'sha256'>,
  clinic: Clinic,
  wanted: Supposition['protocol'],
  pinned: Protocol,
): Promise<ServiceOutcome<Protocol>> {
  if (wanted === undefined) return succeed(pinned);
  const { id, version } = wanted;
  if (version === undefined) {
    const shipped = findProtocol(id);
    return shipped.ok ? succeed(shipped.value) : invalid(shipped);
  }
  const kept = await context.store.listProtocols(clinic.id);
  const pin = kept.find((each) => each.id === id && each.version === version);
  if (pin !== undefined) return pinnedProtocol(context, clinic.id, pin);
  return fail('invalid', {
    path: 'protocol',
    message: 'the clinic keeps no such protocol version',
    allowed: kept.map((each) => `${each.id} ${each.version}`).join(', '),
  });
}
