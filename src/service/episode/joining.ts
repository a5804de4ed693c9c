import type { Day } from '../../domain/civil-date.ts';
import type { CaseEvent } from '../../domain/event.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Note } from '../../plan/schedule.ts';

/** Events that are to join an episode, and what comes of them. */
export interface Joining {
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

/** What to do about an event that is asked for twice. */
export const MEND_DOUBT = 'check the event; if it is right all the same, accept it: --accept';
