import { diffPlans } from '../plan/diff-plans.ts';
import type { Plan } from '../plan/plan.ts';
import { planDay } from '../worklist/plan-day.ts';
import type { AdoptionDifference, FromTo } from './adoption.ts';

/** What a clinician must know of an episode before it follows another protocol. */
export function adoptionDifference(before: Plan, after: Plan): AdoptionDifference {
  const { visits, escalations } = diffPlans(before, after);
  const overdueBefore = overdueKeys(before);
  return {
    moved: visits.moved.flatMap(({ before: was, after: now }) =>
      was === null || now === null ? [] : [planDay(now.target) - planDay(was.target)],
    ),
    added: visits.added.map(({ key }) => key),
    cancelled: visits.cancelled.map(({ key }) => key),
    raised: escalations.added.map(({ key }) => key),
    dropped: escalations.cancelled.map(({ key }) => key),
    tier: fromTo(before.tier, after.tier),
    category: fromTo(before.category, after.category),
    overdue: [...overdueKeys(after)].filter((key) => !overdueBefore.has(key)),
  };
}

/** Whether the plan stays as it is but for its reasons, and for statuses that mend themselves. */
export function changesNothing(difference: AdoptionDifference): boolean {
  return Object.values(difference).every(
    (part) => part === null || (Array.isArray(part) && part.length === 0),
  );
}

function fromTo(from: string, to: string): FromTo | null {
  return from === to ? null : { from, to };
}

function overdueKeys({ visits, escalations }: Plan): ReadonlySet<string> {
  const overdue = [...escalations, ...visits].filter(({ status }) => status === 'overdue');
  return new Set(overdue.map(({ key }) => key));
}
