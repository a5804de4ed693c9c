import type { Day } from '../domain/civil-date.ts';
import type { CaseHistory } from '../history/case-history.ts';
import type {
  Note,
  Phase,
  Schedule,
  ScheduledEscalation,
  ScheduledVisit,
} from '../plan/schedule.ts';
import { SETTLED_STATUSES } from '../plan/schedule.ts';
import type { Protocol } from '../protocol/protocol-schema.ts';
import { bookingWarnings } from './booking-warnings.ts';
import { type Escalation, isHolding } from './escalations.ts';
import { historyWarnings } from './history-warnings.ts';
import { replay } from './replay.ts';
import type { ReplayState } from './replay-state.ts';
import { suspensionOn } from './suspensions.ts';
import { visitsOn } from './visit-status.ts';

/**
 * Computes the schedule of an episode: what is planned, what is asked, and why, as of the history's
 * date. Pure: the same history and protocol give the same schedule on every machine and day.
 */
export function computeSchedule(history: CaseHistory, protocol: Protocol): Schedule {
  const { asOf } = history;
  const state = replay(history, protocol);
  const { course } = state;
  const suspension = suspensionOn(asOf, state.suspensions);
  const phase = phaseOf(state, suspension !== undefined);
  const visits = visitsOn(state, asOf);
  const warnings = historyWarnings(history, protocol);
  warnings.push(
    ...state.warnings,
    ...bookingWarnings(state.bookings, visits),
    ...outlookWarnings(state, phase, visits),
  );
  return {
    asOf,
    phase,
    course: course.number,
    ablation: course.ablation,
    category: course.category,
    categoryAssumed: course.categoryAssumed,
    categoryFrom: course.categoryFrom,
    tier: course.tier.tier,
    tierFactors: course.tier.factors,
    unknownFacts: course.tier.unknownFacts,
    visits,
    escalations: state.escalations.map((escalation) => escalationOn(escalation, asOf)),
    exams: state.exams,
    suspendedUntil: suspension?.until ?? null,
    endedBy: state.end?.by.id ?? null,
    bookings: state.bookings,
    warnings,
  };
}

/** The first phase that holds. schedule.md section 8. */
function phaseOf(state: ReplayState, suspended: boolean): Phase {
  if (state.escalations.some(isHolding)) return 'escalated';
  if (state.end !== null) return 'ended';
  if (suspended) return 'suspended';
  const open = state.course.open;
  if (open === null) return 'routine';
  return open.kind === 'baseline' ? 'awaiting-baseline' : 'interval';
}

function escalationOn(escalation: Escalation, asOf: Day): ScheduledEscalation {
  const { state, dueBy } = escalation;
  return {
    key: escalation.key,
    eventId: escalation.eventId,
    source: escalation.source,
    action: escalation.action,
    modality: escalation.modality,
    triggers: escalation.triggers,
    raisedOn: escalation.raisedOn,
    dueBy,
    status: state === 'open' ? (asOf > dueBy ? 'overdue' : 'open') : state,
    answeredBy: escalation.answeredBy,
    answeredOn: escalation.answeredOn,
    conflict: escalation.conflict,
  };
}

function outlookWarnings(
  state: ReplayState,
  phase: Phase,
  visits: readonly ScheduledVisit[],
): Note[] {
  if (phase === 'escalated' || state.end !== null) return [];
  if (visits.some(({ status }) => !SETTLED_STATUSES.has(status))) return [];
  return [
    {
      code: 'no-visit-left',
      message:
        'No visit is left and nothing has ended the surveillance: close the episode, or decide how it goes on.',
    },
  ];
}
