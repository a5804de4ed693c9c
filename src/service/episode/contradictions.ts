import { type Day, formatDay } from '../../domain/civil-date.ts';
import type { CaseEvent } from '../../domain/event.ts';
import { type Problem, showFound } from '../../domain/problem.ts';
import { correctedEvents } from '../../history/corrections.ts';
import { compareEvents } from '../../history/event-order.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Note } from '../../plan/schedule.ts';
import { SETTLED_STATUSES } from '../../plan/schedule.ts';
import { openItems } from '../../worklist/open-items.ts';
import { appointmentDoubt } from './appointment-doubt.ts';
import { sameContent } from './same-event.ts';

/** Events that are to join an episode, and what comes of them. */
interface Joining {
  /** The events that are recorded. */
  readonly recorded: readonly CaseEvent[];
  /** Those that are to join them. */
  readonly events: readonly CaseEvent[];
  /** Warnings of the plan that come with them. */
  readonly warnings: readonly Note[];
  /** The plan as of today with all of these events. */
  readonly planOf: (events: readonly CaseEvent[]) => Plan;
  readonly today: Day;
}

/** Codes of warnings that say: this event changes nothing, or does not fit the history. */
const CONTRADICTS =
  /-without-effect$|^(?:already-ended|answers-needed|deferral-of-settled-visit|booking-without-visit|report-without-exam|event-before-ablation|constraint-unknown)$/;

const MEND = 'check the event; if it is right all the same, accept it: --accept';

/**
 * Why events do not fit what is recorded: a decline of a visit that is not open, a decision about an
 * escalation that is answered, a call about what the plan does not have, the same exam twice, an
 * appointment in the past, and whatever else would have no effect. Such an event is most often a typing
 * error, so it is asked for twice. What one event of the recording opens, a later one may name.
 */
export function contradictions(joining: Joining): Problem[] {
  const all = [...joining.recorded, ...joining.events];
  const takenBack = correctedEvents(all);
  return joining.events.flatMap((event, index) => {
    if (takenBack.has(event.id)) return [];
    const at = `events[${index}]`;
    const [problem] = [
      ...repeatProblems(event, at, all, takenBack),
      ...orderProblems(event, at, all),
      ...visitProblems(event, at, joining),
      ...itemProblems(event, at, joining),
      ...timeProblems(event, at, joining),
      ...warningProblems(event, at, joining),
    ];
    return problem === undefined ? [] : [problem];
  });
}

/** The same event under another id: typed twice, or sent twice without ids. Calls are repeated on one day. */
function repeatProblems(
  event: CaseEvent,
  at: string,
  all: readonly CaseEvent[],
  takenBack: ReadonlyMap<string, unknown>,
): Problem[] {
  if (event.type === 'contact') return [];
  const twin = all.find(
    (other) =>
      other.id !== event.id &&
      !takenBack.has(other.id) &&
      other.date === event.date &&
      sameContent({ ...other, id: '' }, { ...event, id: '' }) &&
      !isOverruled(other, all, event),
  );
  return twin === undefined
    ? []
    : [
        {
          path: at,
          message: `the same ${event.type} of the same day is there already`,
          found: twin.id,
          mend: 'if it happened twice, accept it: --accept',
        },
      ];
}

/** An appointment that was moved and is moved back on one day is no repetition. */
function isOverruled(booking: CaseEvent, all: readonly CaseEvent[], but: CaseEvent): boolean {
  return (
    booking.type === 'booking' &&
    all.some(
      (other) =>
        other !== but &&
        other.type === 'booking' &&
        other.visit === booking.visit &&
        compareEvents(other, booking) > 0,
    )
  );
}

/** A report before its exam, a correction of what is taken back. */
function orderProblems(event: CaseEvent, at: string, all: readonly CaseEvent[]): Problem[] {
  if (event.type === 'report') {
    const exam = all.find(({ id }) => id === event.of);
    if (exam === undefined || exam.date <= event.date) return [];
    return [{ path: `${at}.date`, message: 'the report is dated before its exam', mend: MEND }];
  }
  if (event.type !== 'correction') return [];
  const before = correctedEvents(all.filter(({ id }) => id !== event.id)).get(event.of);
  if (before === undefined) return [];
  return [
    {
      path: `${at}.of`,
      message: `this event was taken back by ${before.id}`,
      found: showFound(event.of),
      mend: MEND,
    },
  ];
}

/** Codes of warnings that say: the visit that this event names is not open. */
const NOT_OPEN = /^(?:decline-without-effect|deferral-without-effect|booking-without-visit)$/;

/**
 * A visit that an event names must be one that someone can still do something about: open on the
 * event's day, and not filled or declined by what was recorded before.
 */
function visitProblems(event: CaseEvent, at: string, joining: Joining): Problem[] {
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
      mend: MEND,
    },
  ];
}

/** A contact about what the plan never had would be told with no line of the list. */
function itemProblems(event: CaseEvent, at: string, joining: Joining): Problem[] {
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
      mend: MEND,
    },
  ];
}

/**
 * Nothing can be awaited of a day that has passed, nor of an hour that does not come. Where the visit
 * was done since it is history, told late.
 */
function timeProblems(
  event: CaseEvent,
  at: string,
  { recorded, events, planOf, today }: Joining,
): Problem[] {
  if (event.type !== 'deferral' && event.type !== 'booking') return [];
  const problem = timeProblem(event, today);
  if (problem === undefined) return [];
  const isOpen = openKeys(planOf([...recorded, ...events])).includes(event.visit);
  return isOpen ? [{ ...problem, path: `${at}.${problem.path}`, mend: MEND }] : [];
}

function timeProblem(
  event: Extract<CaseEvent, { readonly type: 'deferral' | 'booking' }>,
  today: Day,
): Problem | undefined {
  if (event.type === 'booking') {
    const doubt = appointmentDoubt(event.appointment, today);
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

function warningProblems(event: CaseEvent, at: string, { warnings }: Joining): Problem[] {
  return warnings
    .filter(
      ({ code, event: id }) =>
        id === event.id &&
        (CONTRADICTS.test(code) || (code === 'answers-nothing' && namesAnswers(event))),
    )
    .map(({ message }) => ({ path: at, message, mend: MEND }));
}

/** Pathology that answers nothing is no contradiction, unless it names what it is to answer. */
function namesAnswers(event: CaseEvent): boolean {
  return event.type === 'pathology' && (event.answers ?? []).length > 0;
}
