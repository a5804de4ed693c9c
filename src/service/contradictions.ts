import type { CaseEvent } from '../domain/event.ts';
import { type Problem, showFound } from '../domain/problem.ts';
import type { Plan } from '../plan/plan.ts';
import type { Note } from '../plan/schedule.ts';
import { openItems } from '../worklist/open-items.ts';

/** Codes of warnings that say: this event changes nothing, or does not fit the history. */
const CONTRADICTS =
  /-without-effect$|^(?:deferral-of-settled-visit|booking-without-visit|report-without-exam|event-before-ablation|constraint-unknown)$/;

/**
 * Why events do not fit what is recorded: a decline of a visit that is not open, a decision about an
 * escalation that is answered, and whatever else would have no effect. Such an event is most often a
 * typing error, so it is asked for twice.
 */
export function contradictions(
  { before, after }: { readonly before: Plan; readonly after: Plan },
  events: readonly CaseEvent[],
  warnings: readonly Note[],
): Problem[] {
  const named = events.flatMap((event, index) => visitProblems(event, index, before));
  const told = new Set(named.map(({ path }) => path.split('.')[0]));
  const others = events.flatMap((event, index) => {
    const path = `events[${index}]`;
    if (told.has(path) || isTakenBack(event, after)) return [];
    return warnings
      .filter((note) => note.event === event.id && CONTRADICTS.test(note.code))
      .map(({ message }) => ({ path, message, mend: MEND }));
  });
  return [...named, ...others];
}

const MEND = 'check the event; if it is right all the same, say that you accept it';

/** A visit that an event names must be one that someone can still do something about. */
function visitProblems(event: CaseEvent, index: number, before: Plan): Problem[] {
  if (event.type !== 'decline' && event.type !== 'deferral') return [];
  const { staged, lanes } = openItems(before);
  const open = (staged === null ? lanes : [staged, ...lanes]).map(({ key }) => key);
  if (open.includes(event.visit)) return [];
  const known = before.visits.find(({ key }) => key === event.visit);
  return [
    {
      path: `events[${index}].visit`,
      message:
        known === undefined
          ? 'the plan has no such visit'
          : `this visit is not open: it is ${known.status}`,
      found: showFound(event.visit),
      allowed: open.length === 0 ? 'no visit is open' : `one of ${open.slice(0, 12).join(', ')}`,
      mend: MEND,
    },
  ];
}

function isTakenBack({ id }: CaseEvent, after: Plan): boolean {
  return !after.events.some((event) => event.id === id);
}
