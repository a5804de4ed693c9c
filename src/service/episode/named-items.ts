import { type Day, formatDay } from '../../domain/civil-date.ts';
import type { CaseEvent } from '../../domain/event.ts';
import { type Problem, showFound } from '../../domain/problem.ts';
import { isAhead } from '../../export/plan-words.ts';
import type { Plan, PlannedVisit } from '../../plan/plan.ts';
import { SETTLED_STATUSES } from '../../plan/schedule.ts';
import { openItems } from '../../worklist/open-items.ts';
import { appointmentDoubt, lateAppointmentDoubt } from './appointment-doubt.ts';
import { type Joining, MEND_DOUBT } from './joining.ts';

/** Codes of warnings that say: the visit that this event names is not open. */
const NOT_OPEN = /^(?:decline-without-effect|deferral-without-effect|booking-without-visit)$/;

/**
 * A visit that an event names must be one that someone can still do something about: open on the
 * event's day, and not filled or declined by what was recorded before.
 */
export function visitProblems(event: CaseEvent, at: string, joining: Joining): Problem[] {
  if (event.type !== 'decline' && event.type !== 'deferral' && event.type !== 'booking') return [];
  const { recorded, events, warnings, planOf } = joining;
  const rest = planOf([...recorded, ...events.filter((other) => other !== event)]);
  const visit = rest.visits.find(({ key }) => key === event.visit);
  const isSettled =
    visit !== undefined &&
    SETTLED_STATUSES.has(visit.status) &&
    recorded.some(({ id }) => id === visit.because.causedBy);
  const idle = warnings.some(({ code, event: id }) => id === event.id && NOT_OPEN.test(code));
  const open = openKeys(rest);
  if (!isSettled && (!idle || open.includes(event.visit))) return [];
  return [
    {
      path: `${at}.visit`,
      message:
        visit === undefined
          ? 'the plan has no such visit'
          : `this visit is not open: it is ${visit.status}`,
      found: showFound(event.visit),
      allowed: open.length === 0 ? 'no visit is open' : `one of ${open.slice(0, 12).join(', ')}`,
      mend: MEND_DOUBT,
    },
  ];
}

/** A contact about what the plan never had would be told with no line of the list. */
export function itemProblems(event: CaseEvent, at: string, joining: Joining): Problem[] {
  if (event.type !== 'contact' || event.item === undefined) return [];
  const plan = joining.planOf([...joining.recorded, ...joining.events]);
  const known = [...plan.visits, ...plan.escalations].map(({ key }) => key);
  if (known.includes(event.item)) return [];
  const raised = plan.escalations.map(({ key }) => key);
  return [
    {
      path: `${at}.item`,
      message: 'the plan has neither such a visit nor such an escalation',
      found: showFound(event.item),
      allowed: `one of ${[...raised, ...openKeys(plan)].slice(0, 12).join(', ')}`,
      mend: MEND_DOUBT,
    },
  ];
}

/**
 * Nothing can be awaited of a day that has passed, nor of an hour that does not come, nor so far ahead.
 * Where the visit was done since it is history, told late.
 */
export function timeProblems(
  event: CaseEvent,
  at: string,
  { recorded, events, planOf, today }: Joining,
): Problem[] {
  if (event.type !== 'deferral' && event.type !== 'booking') return [];
  const plan = planOf([...recorded, ...events]);
  const visit = plan.visits.find(({ key }) => key === event.visit);
  if (visit === undefined || !isAhead(visit)) return [];
  const problem = timeProblem(event, visit, plan, today);
  return problem === undefined
    ? []
    : [{ ...problem, path: `${at}.${problem.path}`, mend: MEND_DOUBT }];
}

function timeProblem(
  event: Extract<CaseEvent, { readonly type: 'deferral' | 'booking' }>,
  visit: PlannedVisit,
  plan: Plan,
  today: Day,
): Problem | undefined {
  if (event.type === 'booking') {
    const { appointment } = event;
    const doubt =
      appointmentDoubt(appointment, today) ?? lateAppointmentDoubt(appointment, visit, plan, today);
    return doubt && { path: 'appointment', ...doubt };
  }
  if (event.until >= today) return undefined;
  return {
    path: 'until',
    message: 'the visit is put off until a day that has passed',
    found: formatDay(event.until),
    allowed: `${formatDay(today)} or later`,
  };
}

function openKeys(plan: Plan): string[] {
  const { staged, lanes } = openItems(plan);
  return (staged === null ? lanes : [staged, ...lanes]).map(({ key }) => key);
}
