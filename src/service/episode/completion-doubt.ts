import { type Day, formatDay } from '../../domain/civil-date.ts';
import { counted } from '../../domain/counted.ts';
import { visitInWords } from '../../domain/visit-words.ts';
import { isAhead } from '../../export/plan-words.ts';
import type { Plan, PlannedVisit } from '../../plan/plan.ts';

/**
 * What a closure as completed on a day leaves undone, by the plan without it: staged visits, up to the
 * last day for them; the baseline on whatever day; where the protocol has no staged visits, those of
 * its lanes. Lanes that go on after the staged visits are often left to others. `undefined`: nothing.
 */
export function completionDoubt(plan: Plan, on: Day): string | undefined {
  const left = plan.visits.filter(isAhead);
  const [first] = left;
  if (first === undefined || isComplete(left, plan, on)) return undefined;
  const last = left.reduce((latest, { target }) => (target > latest ? target : latest), '');
  if (left.length === 1) {
    return `the ${visitInWords(first.key)}, planned for ${last}, will not be done`;
  }
  const baseline = left.some(isBaseline) ? ', the baseline among them,' : '';
  const until =
    plan.horizon === null || plan.horizon < formatDay(on)
      ? `the last one is planned for ${last}`
      : `the last day of staged visits is ${plan.horizon}`;
  return `${counted(left.length, 'visit')}${baseline} will not be done: ${until}`;
}

function isComplete(left: readonly PlannedVisit[], { horizon }: Plan, on: Day): boolean {
  if (horizon === null || left.some(isBaseline)) return false;
  return horizon < formatDay(on) || left.every(({ kind }) => kind === 'lane');
}

function isBaseline({ kind }: PlannedVisit): boolean {
  return kind === 'baseline';
}
