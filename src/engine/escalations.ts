import { type BiRads, hasInterval } from '../domain/bi-rads.ts';
import { addDays, type Day } from '../domain/civil-date.ts';
import { holdsVisits } from '../domain/escalation-action.ts';
import type { Closure, Pathology, Surgery } from '../domain/event.ts';
import { escalationKey } from '../domain/keys.ts';
import type { Exam } from '../history/case-history.ts';
import type { ScheduledEscalation, Trigger } from '../plan/schedule.ts';
import type { Protocol } from '../protocol/protocol-schema.ts';
import { isDiagnostic } from './exam-verdict.ts';

/** An escalation as the replay changes it; `state` is without regard to the as-of date. */
export interface Escalation
  extends Omit<ScheduledEscalation, 'status' | 'answeredBy' | 'answeredOn'> {
  readonly course: number;
  state: 'open' | 'resolved' | 'closed';
  answeredBy: string | null;
  answeredOn: Day | null;
}

export function isHolding(escalation: Escalation): boolean {
  return escalation.state === 'open' && holdsVisits(escalation.action);
}

/**
 * Makes one escalation of all triggers of one event: the most urgent action, the shortest deadline.
 * `triggers` must not be empty. schedule.md section 5.
 */
export function raise(
  event: Exam | Pathology,
  triggers: readonly Trigger[],
  course: number,
  protocol: Protocol,
): Escalation {
  const { urgency } = protocol.escalation;
  const { action } = triggers.reduce((a, b) =>
    urgency.indexOf(b.action) < urgency.indexOf(a.action) ? b : a,
  );
  // A category may ask for advanced imaging too, but only a finding says in which modality.
  const withModality = triggers.find((each) => each.action === action && each.modality !== null);
  const withinDays = Math.min(...triggers.map((trigger) => trigger.withinDays));
  const biRads = event.type === 'imaging' ? event.biRads : undefined;
  return {
    key: escalationKey(event.id),
    eventId: event.id,
    source: event.type,
    course,
    action,
    modality: withModality?.modality ?? null,
    triggers,
    raisedOn: event.date,
    dueBy: addDays(event.date, withinDays),
    state: 'open',
    answeredBy: null,
    answeredOn: null,
    conflict: conflictOf(biRads, triggers),
  };
}

function conflictOf(biRads: BiRads | undefined, triggers: readonly Trigger[]): BiRads | null {
  return biRads !== undefined &&
    hasInterval(biRads) &&
    triggers.some((trigger) => trigger.rule === 'escalation-by-finding')
    ? biRads
    : null;
}

/** The event by which an escalation is answered. */
export type AnsweringEvent = { readonly id: string; readonly date: Day };

export function answer(
  escalation: Escalation,
  by: AnsweringEvent,
  state: 'resolved' | 'closed' = 'resolved',
): void {
  escalation.state = state;
  escalation.answeredBy = by.id;
  escalation.answeredOn = by.date;
}

/** Whether an exam answers a question for more imaging, by its kind; the day is checked too. */
export function examAnswers(exam: Exam, escalation: Escalation): boolean {
  if (exam.id === escalation.eventId || exam.date < escalation.raisedOn) return false;
  if (!isDiagnostic(exam) || exam.biRads === undefined || exam.biRads === '0') return false;
  if (escalation.action === 'complete-assessment') return true;
  return escalation.action === 'advanced-imaging' && escalation.modality === exam.modality;
}

/** How a pathology result matched the open biopsies. */
export interface PathologyMatch {
  readonly answered: readonly Escalation[];
  /** Several were open and the result does not say which it answers. */
  readonly ambiguous: readonly Escalation[];
}

/** Which open biopsies a pathology result of this breast answers. schedule.md section 5, "Answered". */
export function biopsiesAnsweredBy(
  pathology: Pathology,
  escalations: readonly Escalation[],
): PathologyMatch {
  const open = escalations.filter(
    (escalation) => escalation.state === 'open' && escalation.action === 'biopsy',
  );
  const { answers, specimenDate, date } = pathology;
  if (answers !== undefined) {
    return {
      answered: open.filter((escalation) => answers.includes(escalation.key)),
      ambiguous: [],
    };
  }
  const candidates = open.filter(({ raisedOn }) =>
    specimenDate === undefined ? raisedOn < date : raisedOn <= specimenDate,
  );
  return candidates.length > 1
    ? { answered: [], ambiguous: candidates }
    : { answered: candidates, ambiguous: [] };
}

/** What a pathology result asks for; undefined for a benign concordant one. */
export function pathologyTrigger(pathology: Pathology, protocol: Protocol): Trigger | undefined {
  if (pathology.result === 'benign-concordant') return undefined;
  const due = protocol.escalation.byPathology[pathology.result];
  return due === undefined
    ? undefined
    : {
        id: `pathology-${pathology.result}`,
        action: due.action,
        modality: null,
        withinDays: due.withinDays,
        rule: 'escalation-by-pathology',
      };
}

/** Closes every open escalation with the end of surveillance. */
export function closeAll(escalations: readonly Escalation[], by: Surgery | Closure): void {
  for (const escalation of escalations) {
    if (escalation.state === 'open') answer(escalation, by, 'closed');
  }
}
