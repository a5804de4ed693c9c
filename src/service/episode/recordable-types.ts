import type { EventType } from '../../domain/event.ts';
import type { Plan } from '../../plan/plan.ts';
import { openItems } from '../../worklist/open-items.ts';

/**
 * Which types of event can change or tell something of an episode as its plan stands today. After the
 * end of a surveillance that is what came late, what takes the end back, and what begins anew.
 */
export function recordableTypes(plan: Plan): ReadonlySet<EventType> {
  const { escalations, staged, lanes } = openItems(plan);
  const goesOn = plan.endedBy === null;
  const visitOpen = staged !== null || lanes.length > 0;
  const offered: readonly (readonly [boolean, readonly EventType[]])[] = [
    [true, ['imaging', 'pathology', 'contact', 'constraint', 'ablation']],
    [plan.exams.length > 0, ['report']],
    [plan.events.length > 0, ['correction']],
    [visitOpen, ['booking', 'deferral', 'decline']],
    [escalations.length > 0, ['decision']],
    [goesOn, ['suspension', 'surgery', 'closure']],
    [goesOn && plan.suspendedUntil !== null, ['resumption']],
    [!goesOn, ['reopening']],
  ];
  return new Set(offered.flatMap(([isOffered, types]) => (isOffered ? types : [])));
}
