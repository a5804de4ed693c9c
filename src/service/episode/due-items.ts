import type { Plan } from '../../plan/plan.ts';
import type { DueItem } from '../../store/due-item.ts';
import { openItems } from '../../worklist/open-items.ts';
import { planDay } from '../../worklist/plan-day.ts';

/** The dates of a plan as the store keeps them, in the plan's order. Dates only, never a status. */
export function dueItems(plan: Plan): DueItem[] {
  const { escalations, staged, lanes } = openItems(plan);
  const open = new Set([...escalations, ...lanes].map(({ key }) => key));
  if (staged !== null) open.add(staged.key);
  return [
    ...plan.escalations.map(({ key, raisedOn, dueBy }): DueItem => {
      const [raised, due] = [planDay(raisedOn), planDay(dueBy)];
      return {
        key,
        kind: 'escalation',
        earliest: raised,
        target: due,
        latest: due,
        open: open.has(key),
      };
    }),
    ...plan.visits.map(
      ({ key, kind, earliest, target, latest }): DueItem => ({
        key,
        kind,
        earliest: planDay(earliest),
        target: planDay(target),
        latest: planDay(latest),
        open: open.has(key),
      }),
    ),
  ];
}
