import type { Day } from '../../domain/civil-date.ts';
import { compareTexts } from '../../domain/compare-texts.ts';
import type { CaseEvent } from '../../domain/event.ts';
import { type Problem, showFound } from '../../domain/problem.ts';
import { diffPlans } from '../../plan/diff-plans.ts';
import type { Plan, PlannedEscalation, PlannedVisit } from '../../plan/plan.ts';
import type { PlanDiff } from '../../plan/plan-diff.ts';
import type { Note } from '../../plan/schedule.ts';
import type { Protocol } from '../../protocol/protocol-schema.ts';
import type { Acknowledgement } from '../../store/acknowledgement.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import { isUnanswered, openItems } from '../../worklist/open-items.ts';
import { planCase } from '../case/plan-case.ts';
import { fail, type ServiceOutcome, succeed } from '../service-outcome.ts';
import {
  acknowledgementProblems,
  closedUnanswered,
  lostToFollowUpProblems,
} from './closure-checks.ts';
import { contradictions } from './contradictions.ts';
import { futureProblems } from './future-facts.ts';
import { appointmentsToCancel } from './standing-appointments.ts';

/** Events that are to join an episode. */
interface Question {
  readonly stored: StoredCase;
  readonly protocol: Protocol;
  readonly events: readonly CaseEvent[];
  readonly today: Day;
  /** Zone of the clinic, by whose clock appointments are told. */
  readonly zone: string;
  readonly acknowledgement?: Acknowledgement | undefined;
  readonly acceptContradictions?: boolean | undefined;
}

/** What events change, told at once. */
export interface Change {
  readonly before: Plan;
  readonly after: Plan;
  readonly diff: PlanDiff;
  readonly newEscalations: readonly PlannedEscalation[];
  /** The visit that someone must see to next; null: none is left. */
  readonly nextVisit: PlannedVisit | null;
  /** Warnings of the plan that were not there before, and appointments that are to be cancelled. */
  readonly warnings: readonly Note[];
}

/** Says what events change, or why they may not be recorded. */
export function decideRecording(question: Question): ServiceOutcome<Change> {
  const { stored, protocol, events, today } = question;
  const { caseFile } = stored;
  const future = futureProblems({ ...caseFile, events }, today);
  if (future.length > 0) return fail('invalid', ...future);
  const planOf = (known: readonly CaseEvent[], explain = false) =>
    planCase({ ...caseFile, events: known }, { protocol, today, asOf: today, explain });
  const recorded = caseFile.events;
  const joined = [...recorded, ...events];
  const before = planOf(recorded, true);
  const after = planOf(joined, true);
  const warnings = newWarnings(before, after);
  const problems = [
    ...(question.acceptContradictions === true
      ? []
      : contradictions({ recorded, events, warnings, planOf, today })),
    ...closureProblems(question, { before, after, joined }),
  ];
  if (problems.length > 0) return fail('invalid', ...problems);
  const diff = diffPlans(before, after);
  return succeed({
    before,
    after,
    diff,
    newEscalations: newEscalations(before, after),
    nextVisit: nextVisitOf(after),
    warnings: withCancellations(warnings, appointmentsToCancel({ before, after }, question.zone)),
  });
}

/** What is to be done about an appointment says more than that its visit is not in the plan. */
function withCancellations(warnings: readonly Note[], cancel: readonly Note[]): Note[] {
  const told = new Set(cancel.map(({ event }) => event));
  return [
    ...cancel,
    ...warnings.filter(({ code, event }) => code !== 'booking-without-visit' || !told.has(event)),
  ];
}

interface Outlook {
  readonly before: Plan;
  readonly after: Plan;
  readonly joined: readonly CaseEvent[];
}

/** What the end of a surveillance lacks: an acknowledgement, attempts to reach the patient, a reason. */
function closureProblems(
  { protocol, events, acknowledgement }: Question,
  { before, after, joined }: Outlook,
): Problem[] {
  return [
    ...acknowledgementProblems({ before, after, events: joined }, acknowledgement),
    ...needlessProblems(closedUnanswered({ before, after }), acknowledgement),
    ...events.flatMap((event, index) =>
      event.type === 'closure'
        ? lostToFollowUpProblems(event, joined, protocol).map((problem) => ({
            ...problem,
            path: `events[${index}].${problem.path}`,
          }))
        : [],
    ),
  ];
}

/** What is acknowledged must be what is closed: a mistyped key would stand there as seen. */
function needlessProblems(
  closed: readonly PlannedEscalation[],
  acknowledgement: Acknowledgement | undefined,
): Problem[] {
  const keys = closed.map(({ key }) => key);
  return (acknowledgement?.escalations ?? [])
    .filter((named) => !keys.includes(named))
    .map((named) => ({
      path: 'acknowledgement.escalations',
      message: 'this recording closes no such escalation',
      found: showFound(named),
      allowed: keys.length === 0 ? 'none: nothing is closed unanswered' : keys.join(', '),
    }));
}

/** The visit that someone must see to next: the open one with the earliest target; null: none is left. */
export function nextVisitOf(plan: Plan): PlannedVisit | null {
  const { staged, lanes } = openItems(plan);
  return (staged === null ? lanes : [staged, ...lanes]).reduce<PlannedVisit | null>(
    (next, visit) => (next === null || visit.target < next.target ? visit : next),
    null,
  );
}

/** Escalations that wait for an answer now and did not before; the most pressing deadline first. */
function newEscalations(before: Plan, after: Plan): PlannedEscalation[] {
  const open = new Set(before.escalations.filter(isUnanswered).map(({ key }) => key));
  return after.escalations
    .filter((escalation) => isUnanswered(escalation) && !open.has(escalation.key))
    .sort((a, b) => compareTexts(a.dueBy, b.dueBy));
}

/** Warnings of a plan that were not there before. */
export function newWarnings(before: Plan, after: Plan): Note[] {
  const known = new Set(before.warnings.map((note) => JSON.stringify(note)));
  return after.warnings.filter((note) => !known.has(JSON.stringify(note)));
}
