import { type Day, formatDay } from '../../domain/civil-date.ts';
import type { CaseEvent } from '../../domain/event.ts';
import { eventOfEscalation } from '../../domain/keys.ts';
import { type Problem, showFound } from '../../domain/problem.ts';
import { isAhead } from '../../export/plan-words.ts';
import { correctedEvents } from '../../history/corrections.ts';
import { compareEvents } from '../../history/event-order.ts';
import type { Plan, PlannedVisit } from '../../plan/plan.ts';
import type { Note } from '../../plan/schedule.ts';
import { SETTLED_STATUSES } from '../../plan/schedule.ts';
import { openItems } from '../../worklist/open-items.ts';
import { appointmentDoubt, lateAppointmentDoubt } from './appointment-doubt.ts';
import { completionDoubt } from './completion-doubt.ts';
import { examOfSameDay } from './exam-of-same-day.ts';
import { findingDoubts } from './finding-doubts.ts';
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
 * appointment in the past, findings that contradict each other, a completed surveillance with visits
 * left, and whatever else would have no effect. Such an event is most often a typing error, so it is
 * asked for twice. What one event of the recording opens, a later one may name.
 */
export function contradictions(joining: Joining): Problem[] {
  const all = [...joining.recorded, ...joining.events];
  const takenBack = correctedEvents(all);
  return joining.events.flatMap((event, index) => {
    if (takenBack.has(event.id)) return [];
    const at = `events[${index}]`;
    const [problem] = [
      ...repeatProblems(event, at, all, takenBack),
      ...sameDayProblems(event, at, joining, takenBack),
      ...orderProblems(event, at, all),
      ...pathologyProblems(event, at, joining),
      ...visitProblems(event, at, joining),
      ...itemProblems(event, at, joining),
      ...timeProblems(event, at, joining),
      ...warningProblems(event, at, joining),
    ];
    // These tell one fault in several ways; what follows stands beside it.
    return [
      ...(problem === undefined ? [] : [problem]),
      ...findingDoubts(event).map((doubt) => ({
        ...doubt,
        path: `${at}.${doubt.path}`,
        mend: MEND,
      })),
      ...completionProblems(event, at, joining),
    ];
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

/** Another exam of the modality, side and day of a recorded one, with whatever category. */
function sameDayProblems(
  event: CaseEvent,
  at: string,
  { recorded, events, planOf }: Joining,
  takenBack: ReadonlyMap<string, unknown>,
): Problem[] {
  if (event.type !== 'imaging') return [];
  const before = [...recorded, ...events.slice(0, events.indexOf(event))];
  const message = examOfSameDay({
    exam: event,
    before: before.filter(({ id }) => !takenBack.has(id)),
    planOf,
  });
  return message === undefined
    ? []
    : [{ path: at, message, mend: 'if it is another exam, accept it: --accept' }];
}

/** The end of a surveillance as completed with visits left. */
function completionProblems(event: CaseEvent, at: string, joining: Joining): Problem[] {
  if (event.type !== 'closure' || event.reason !== 'completed') return [];
  const { recorded, events, planOf } = joining;
  const message = completionDoubt(
    planOf([...recorded, ...events.filter((other) => other !== event)]),
    event.date,
  );
  return message === undefined
    ? []
    : [{ path: `${at}.reason`, message, found: showFound(event.reason), mend: MEND }];
}

/** A result that is dated before what asked for the biopsy that it is to answer. */
function pathologyProblems(event: CaseEvent, at: string, joining: Joining): Problem[] {
  if (event.type !== 'pathology' || event.answers === undefined) return [];
  const { answers, date } = event;
  const { recorded, events, planOf } = joining;
  const escalation = planOf([...recorded, ...events]).escalations.find(
    ({ key, raisedOn }) => answers.includes(key) && raisedOn > formatDay(date),
  );
  if (escalation === undefined) return [];
  const { key, raisedOn } = escalation;
  return [
    {
      path: `${at}.date`,
      message: `the result is dated before what it answers: ${eventOfEscalation(key)} of ${raisedOn} asked for the biopsy`,
      found: formatDay(date),
      allowed: `${raisedOn} or later`,
      mend: MEND,
    },
  ];
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
 * Nothing can be awaited of a day that has passed, nor of an hour that does not come, nor so far ahead.
 * Where the visit was done since it is history, told late.
 */
function timeProblems(
  event: CaseEvent,
  at: string,
  { recorded, events, planOf, today }: Joining,
): Problem[] {
  if (event.type !== 'deferral' && event.type !== 'booking') return [];
  const plan = planOf([...recorded, ...events]);
  const visit = plan.visits.find(({ key }) => key === event.visit);
  if (visit === undefined || !isAhead(visit)) return [];
  const problem = timeProblem(event, visit, plan, today);
  return problem === undefined ? [] : [{ ...problem, path: `${at}.${problem.path}`, mend: MEND }];
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
