import type { CaseEvent } from '../../domain/event.ts';
import { type Problem, showFound } from '../../domain/problem.ts';
import { correctedEvents } from '../../history/corrections.ts';
import { completionDoubt } from './completion-doubt.ts';
import { findingDoubts } from './finding-doubts.ts';
import { type Joining, MEND_DOUBT } from './joining.ts';
import { itemProblems, timeProblems, visitProblems } from './named-items.ts';
import { orderProblems, pathologyProblems } from './order-of-events.ts';
import { repeatProblems, sameDayProblems } from './repeated-events.ts';

/** Codes of warnings that say: this event changes nothing, or does not fit the history. */
const CONTRADICTS =
  /-without-effect$|^(?:already-ended|answers-needed|deferral-of-settled-visit|booking-without-visit|report-without-exam|event-before-ablation|constraint-unknown)$/;

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
        mend: MEND_DOUBT,
      })),
      ...completionProblems(event, at, joining),
    ];
  });
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
    : [{ path: `${at}.reason`, message, found: showFound(event.reason), mend: MEND_DOUBT }];
}

function warningProblems(event: CaseEvent, at: string, { warnings }: Joining): Problem[] {
  return warnings
    .filter(
      ({ code, event: id }) =>
        id === event.id &&
        (CONTRADICTS.test(code) || (code === 'answers-nothing' && namesAnswers(event))),
    )
    .map(({ message }) => ({ path: at, message, mend: MEND_DOUBT }));
}

/** Pathology that answers nothing is no contradiction, unless it names what it is to answer. */
function namesAnswers(event: CaseEvent): boolean {
  return event.type === 'pathology' && (event.answers ?? []).length > 0;
}
