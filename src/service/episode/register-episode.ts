import { dayInZone } from '../../domain/clock.ts';
import { type Problem, showFound } from '../../domain/problem.ts';
import type { Plan, PlannedEscalation, PlannedVisit } from '../../plan/plan.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { ProtocolPin } from '../../store/stored-protocol.ts';
import { approvedProtocol, type WantedProtocol } from '../clinic/approved-protocol.ts';
import { actNow, type SchedulerContext } from '../scheduler-context.ts';
import { fail, invalid, notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import { leftUnanswered } from './closure-checks.ts';
import { nextVisitOf } from './decide-recording.ts';
import { underFreshId } from './fresh-id.ts';
import { planStored } from './plan-stored.ts';
import { inShortForm, type ReadRegistration, readRegistration } from './read-registration.ts';
import { registrationDoubts } from './registration-doubts.ts';
import { settleEpisode } from './settle-episode.ts';

/** An episode to register: a case file, or the short form of one. */
export interface Registration {
  readonly clinic: Clinic;
  readonly document: unknown;
  readonly protocol?: WantedProtocol | undefined;
  /** False: whoever asks decides nothing, and may leave no escalation unanswered. Absent: they may. */
  readonly mayDecide?: boolean | undefined;
  /** True: also what may be there already is registered; see {@link registrationDoubts}. */
  readonly acceptContradictions?: boolean | undefined;
  /** True: gives the plan, and writes nothing. */
  readonly dryRun?: boolean | undefined;
}

export interface Registered {
  /** `Episode.id`. */
  readonly externalId: string;
  readonly protocol: ProtocolPin;
  readonly plan: Plan;
  /** The visit that someone must see to next; null: none is left. */
  readonly nextVisit: PlannedVisit | null;
  /** Open escalations that the end in this history closes unanswered: a person must look at them. */
  readonly leftUnanswered: readonly PlannedEscalation[];
}

/** Registers an episode under an approved protocol and answers with its plan as of the clinic's today. */
export async function registerEpisode(
  context: SchedulerContext,
  registration: Registration,
): Promise<ServiceOutcome<Registered>> {
  const { clinic, document, protocol, mayDecide = true, dryRun = false } = registration;
  const act = actNow(context);
  const today = dayInZone(act.at, clinic.zone);
  const read = readRegistration(document, today);
  if (!read.ok) return invalid(read);
  const { caseFile } = read.value;
  const pinned = await approvedProtocol(context, clinic, protocol);
  if (!pinned.ok) return pinned;
  const pin = pinned.value;
  const plan = await planStored(context, clinic.id, { caseFile, protocol: pin }, { asOf: today });
  if (!plan.ok) return plan;
  const { episode: facts, events } = caseFile;
  const registered = {
    externalId: facts.id,
    protocol: pin,
    plan: plan.value,
    nextVisit: nextVisitOf(plan.value),
    leftUnanswered: leftUnanswered(plan.value, events),
  };
  if (!mayDecide && registered.leftUnanswered.length > 0) return fail('refused', LEFT_UNANSWERED);
  const [taken] = await context.store.findEpisodes(clinic.id, { externalId: facts.id });
  if (taken !== undefined) return fail('invalid', idTaken(facts.id));
  const doubts = await doubtsOf(context, registration, read.value);
  if (doubts.length > 0) return fail('invalid', ...doubts);
  if (dryRun) return succeed(registered);
  const { id, result: kept } = await underFreshId(context.newId, (id) =>
    context.store.registerEpisodes(act, {
      clinic: clinic.id,
      episodes: [{ id, facts, protocol: pin, events }],
    }),
  );
  if (kept.outcome !== 'ok') return notDone(kept);
  await settleEpisode(context, { clinic, episode: id, version: 1, plan: plan.value });
  return succeed(registered);
}

async function doubtsOf(
  context: SchedulerContext,
  { clinic, acceptContradictions = false }: Registration,
  { caseFile, short }: ReadRegistration,
): Promise<Problem[]> {
  if (acceptContradictions) return [];
  const doubts = await registrationDoubts(context, clinic, caseFile.episode);
  return short ? doubts.map(inShortForm) : doubts;
}

const LEFT_UNANSWERED: Problem = {
  path: '',
  message:
    'this history ends surveillance over open escalations, which needs a clinician’s judgement',
  mend: 'ask a clinician to register it',
};

/** The clinic names its episodes itself, each once. */
function idTaken(id: string): Problem {
  return {
    path: 'id',
    message: 'the clinic has an episode with this id',
    found: showFound(id),
    mend: 'record events for it, or choose another id',
  };
}
