import type { Episode } from '../domain/episode.ts';
import type { Booking, Closure, Constraint, Surgery } from '../domain/event.ts';
import type { CaseHistory } from '../history/case-history.ts';
import type { Note, ScheduledExam } from '../plan/schedule.ts';
import type { Protocol } from '../protocol/protocol-schema.ts';
import { type Course, startCourse } from './course.ts';
import type { Escalation } from './escalations.ts';
import type { SuspensionInForce } from './suspensions.ts';

/** The end of surveillance, with the escalations that closed with it. */
export interface End {
  readonly by: Surgery | Closure;
  readonly closed: Escalation[];
}

/** What the events of a history have made of an episode so far. Local to one replay. */
export interface ReplayState {
  readonly episode: Episode;
  readonly constraints: readonly Constraint[];
  readonly protocol: Protocol;
  course: Course;
  end: End | null;
  suspensions: SuspensionInForce[];
  readonly escalations: Escalation[];
  readonly exams: ScheduledExam[];
  /** Latest booking of each visit key. */
  readonly bookings: Map<string, Booking>;
  readonly warnings: Note[];
}

export function initialState(history: CaseHistory, protocol: Protocol): ReplayState {
  const { episode, constraints } = history;
  const ablation = { kind: 'ablation', eventId: null, day: episode.ablation.date } as const;
  return {
    episode,
    constraints,
    protocol,
    course: startCourse(1, ablation, episode.ablation, episode, protocol),
    end: null,
    suspensions: [],
    escalations: [],
    exams: [],
    bookings: new Map(),
    warnings: [],
  };
}

/** After a death nothing is raised any more. schedule.md section 5. */
export function endedByDeath({ end }: ReplayState): boolean {
  return end?.by.type === 'closure' && end.by.reason === 'death';
}

export function warn(state: ReplayState, code: string, event: string, message: string): void {
  state.warnings.push({ code, message, event });
}
