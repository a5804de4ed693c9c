import type { Day } from '../domain/civil-date.ts';
import type { Episode } from '../domain/episode.ts';
import type {
  Booking,
  CaseEvent,
  Closure,
  Constraint,
  Correction,
  Decision,
  Decline,
  Deferral,
  Imaging,
  Pathology,
  Reopening,
  RepeatAblation,
  Report,
  Resumption,
  Surgery,
  Suspension,
} from '../domain/event.ts';
import type { Findings } from '../domain/finding.ts';

/** An exam with its latest report merged in. */
export interface Exam extends Imaging {
  /** Id of the report that gave category and findings; absent when the exam brought its own. */
  readonly reportedBy?: string | undefined;
  /** Kinds of findings that were recorded with the exam and that its report says nothing of. */
  readonly unmentionedFindings?: readonly (keyof Findings)[] | undefined;
}

/**
 * The events that the engine replays, in order. Reports, constraints and corrections have had their
 * effect; contacts have none.
 */
export type ReplayEvent =
  | Exam
  | Pathology
  | RepeatAblation
  | Deferral
  | Decline
  | Booking
  | Decision
  | Suspension
  | Resumption
  | Surgery
  | Closure
  | Reopening;

/** An event that was left out, and why. */
export interface LeftOut {
  readonly event: CaseEvent;
  readonly why: 'after-as-of' | 'corrected' | 'exam-unknown' | 'superseded';
  /** The correction, or the report, that displaced it. */
  readonly by?: Correction | Report | undefined;
}

/** What was known of an episode on the as-of date, corrected and in order. */
export interface CaseHistory {
  readonly asOf: Day;
  readonly episode: Episode;
  readonly events: readonly ReplayEvent[];
  readonly constraints: readonly Constraint[];
  /** Every event that was known and stood, in order: reports, constraints, contacts and corrections too. */
  readonly known: readonly CaseEvent[];
  readonly leftOut: readonly LeftOut[];
}
