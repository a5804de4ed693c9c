import { type Day, formatDay } from '../../domain/civil-date.ts';
import { counted } from '../../domain/counted.ts';
import { actionInWords } from '../../domain/escalation-words.ts';
import type { CaseEvent, Closure } from '../../domain/event.ts';
import type { Problem } from '../../domain/problem.ts';
import { correctedEvents } from '../../history/corrections.ts';
import { compareEvents } from '../../history/event-order.ts';
import type { Plan, PlannedEscalation } from '../../plan/plan.ts';
import type { Protocol } from '../../protocol/protocol-schema.ts';
import type { Acknowledgement } from '../../store/acknowledgement.ts';

/** A plan before and after an event is recorded, as of the same day, and the events with it. */
export interface Recording {
  readonly before: Plan;
  readonly after: Plan;
  readonly events: readonly CaseEvent[];
}

/**
 * Escalations that an end closes after the recording and did not close before: that end itself, a
 * correction that brings an end back, or a suspicious exam dated on or before the day of an end that
 * is recorded already, which nobody has seen open.
 */
export function closedUnanswered({
  before,
  after,
}: Pick<Recording, 'before' | 'after'>): PlannedEscalation[] {
  const closedBy = new Map(
    before.escalations.flatMap(({ key, status, answeredBy }) =>
      status === 'closed' ? [[key, answeredBy] as const] : [],
    ),
  );
  return after.escalations.filter(
    ({ key, status, answeredBy }) => status === 'closed' && closedBy.get(key) !== answeredBy,
  );
}

/**
 * What an acknowledgement of these escalations lacks. By death they need none.
 * promises.md, "Nobody drops off the list".
 */
export function acknowledgementProblems(
  { before, after, events }: Recording,
  acknowledgement?: Acknowledgement,
): Problem[] {
  const closed = notByDeath(closedUnanswered({ before, after }), events);
  const named = new Set(acknowledgement?.escalations);
  const missing = closed.filter(({ key }) => !named.has(key));
  const problems = missing.map((escalation) => ({
    path: 'acknowledgement.escalations',
    message: `an open escalation would be closed unanswered: ${escalation.key} (${actionInWords(escalation)} by ${escalation.dueBy})`,
    found: acknowledgement?.escalations.join(', ') || 'no acknowledgement',
    // A key of its own: ids of events hold anything, also what stands between several keys.
    allowed: escalation.key,
    mend: 'answer it first, or acknowledge it by its key and say why',
  }));
  return closed.length > 0 && problems.length === 0 && acknowledgement?.reason.trim() === ''
    ? [
        {
          path: 'acknowledgement.reason',
          message: 'the acknowledgement gives no reason',
          found: 'nothing',
          allowed: 'why the open escalations may stay unanswered',
        },
      ]
    : problems;
}

/**
 * Escalations that the end of a history leaves unanswered: of an episode that comes with its history
 * nobody was asked whether they may. After a death none needs an answer, and surgery is the treatment
 * that a referral asks for.
 */
export function leftUnanswered(
  { escalations }: Pick<Plan, 'escalations'>,
  events: readonly CaseEvent[],
): PlannedEscalation[] {
  const surgery = new Set(events.flatMap(({ id, type }) => (type === 'surgery' ? [id] : [])));
  const closed = escalations.filter(
    ({ status, action, answeredBy }) =>
      status === 'closed' && !(action === 'treatment-referral' && surgery.has(answeredBy ?? '')),
  );
  return notByDeath(closed, events);
}

function notByDeath(
  closed: readonly PlannedEscalation[],
  events: readonly CaseEvent[],
): PlannedEscalation[] {
  const deaths = new Set(events.filter(isDeath).map(({ id }) => id));
  return closed.filter(({ answeredBy }) => !deaths.has(answeredBy ?? ''));
}

function isDeath(event: CaseEvent): boolean {
  return event.type === 'closure' && event.reason === 'death';
}

/**
 * What a closure as lost to follow-up lacks: the protocol's number of attempts to reach the patient
 * since the last sign of life, or a stated reason.
 */
export function lostToFollowUpProblems(
  closure: Closure,
  events: readonly CaseEvent[],
  protocol: Protocol,
): Problem[] {
  if (closure.reason !== 'lost-to-follow-up' || (closure.note ?? '').trim() !== '') return [];
  const { attempts, heardOf } = attemptsToReach(events, closure.date);
  const needed = protocol.lostToFollowUpAttempts;
  if (needed !== undefined && attempts >= needed) return [];
  const since = heardOf === null ? '' : ` since ${formatDay(heardOf)}`;
  return [
    {
      path: 'note',
      message:
        needed === undefined
          ? `the protocol ${protocol.id} sets no number of attempts after which a patient is lost to follow-up, so a reason must be stated`
          : 'too few attempts to reach the patient are recorded',
      found: `${counted(attempts, 'attempt')}${since}`,
      allowed:
        needed === undefined ? 'a reason in words' : `at least ${needed}, or a reason in words`,
      mend: needed === undefined ? 'state a reason' : 'record the attempts, or state a reason',
    },
  ];
}

/**
 * The attempts to reach the patient up to and on `until`, since the last sign of life: an exam,
 * pathology, an ablation, a visit put off or declined, or a contact that reached the patient.
 */
export function attemptsToReach(
  events: readonly CaseEvent[],
  until: Day,
): { readonly attempts: number; readonly heardOf: Day | null } {
  const known = events.filter(({ date }) => date <= until);
  const removed = correctedEvents(known);
  let attempts = 0;
  let heardOf: Day | null = null;
  for (const event of known.filter(({ id }) => !removed.has(id)).sort(compareEvents)) {
    if (isSignOfLife(event)) {
      attempts = 0;
      heardOf = event.date;
    } else if (event.type === 'contact') {
      attempts += 1;
    }
  }
  return { attempts, heardOf };
}

function isSignOfLife(event: CaseEvent): boolean {
  switch (event.type) {
    case 'imaging':
    case 'pathology':
    case 'ablation':
    case 'deferral':
    case 'decline':
      return true;
    case 'contact':
      return event.outcome === 'reached';
    default:
      return false;
  }
}
