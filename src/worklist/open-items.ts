import type { Plan, PlannedEscalation, PlannedVisit } from '../plan/plan.ts';

/** What an episode leaves open on the plan's day. */
export interface OpenItems {
  /** Escalations without an answer; those raised after the end of surveillance too. */
  readonly escalations: readonly PlannedEscalation[];
  /** The staged visit that an exam would fill next; the forecast behind it is not open. */
  readonly staged: PlannedVisit | null;
  /** Lane visits that are neither filled, declined nor passed, however far away. */
  readonly lanes: readonly PlannedVisit[];
  /** Facts that are not recorded and could change the plan; none once surveillance has ended. */
  readonly facts: readonly string[];
  /** No visit is left and nothing has ended the surveillance. */
  readonly noVisitLeft: boolean;
}

/** The open items of a plan. Which they are depends on its events alone, never on its day. */
export function openItems(plan: Plan): OpenItems {
  return {
    escalations: plan.escalations.filter(isUnanswered),
    staged: plan.visits.find((visit) => visit.kind !== 'lane' && isOpen(visit)) ?? null,
    lanes: plan.visits.filter((visit) => visit.kind === 'lane' && isOpen(visit)),
    facts:
      plan.endedBy === null
        ? plan.assumptions.map(({ fact }) => fact).filter((fact) => fact !== undefined)
        : [],
    noVisitLeft: plan.warnings.some(({ code }) => code === 'no-visit-left'),
  };
}

/** Whether an escalation waits for an answer. */
export function isUnanswered({ status }: PlannedEscalation): boolean {
  return status === 'open' || status === 'overdue';
}

/** The plan lists the open staged visit before those that depend on it. */
function isOpen({ status }: PlannedVisit): boolean {
  return (
    status === 'not-yet-due' || status === 'due' || status === 'overdue' || status === 'on-hold'
  );
}
