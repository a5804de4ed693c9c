import type { DateText } from '../../domain/civil-date.ts';
import type { Problem } from '../../domain/problem.ts';
import type { VisitStatus } from '../../plan/schedule.ts';
import type { ProtocolPin } from '../../store/stored-protocol.ts';

/** By how many days targets move: later is positive. */
export interface DaysMoved {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** A visit that is still to come, with its target before and after. */
export interface VisitMove {
  /** Its key in the new plan. */
  readonly key: string;
  readonly from: DateText;
  readonly to: DateText;
  /** Later is positive; 0: only its window changes. */
  readonly days: number;
}

/** A visit that one of two plans has settled and the other has to come. */
export interface VisitTurn {
  readonly key: string;
  readonly from: VisitStatus;
  readonly to: VisitStatus;
  /** Its target in the new plan. */
  readonly target: DateText;
}

/** An exam that one of two plans counts. */
export interface ExamRead {
  /** Its event's id. */
  readonly exam: string;
  readonly date: DateText;
}

/** A value before and after. */
export interface FromTo {
  readonly from: string;
  readonly to: string;
}

/** What another protocol makes of the plan of one episode, as of one day. */
export interface AdoptionDifference {
  /** Exams that filled a visit and fill none now. */
  readonly noLongerCount: readonly ExamRead[];
  /** Exams that fill a visit and filled none before. */
  readonly countNow: readonly ExamRead[];
  /** Visits that were completed, declined or missed and are open or to come again. */
  readonly reopened: readonly VisitTurn[];
  /** Visits that were open or to come and are completed, declined or missed now. */
  readonly settled: readonly VisitTurn[];
  /** Visits still to come before and after, those forecast too, whose dates differ. */
  readonly moved: readonly VisitMove[];
  /** Keys of visits still to come. */
  readonly added: readonly string[];
  readonly cancelled: readonly string[];
  /** Keys of escalations that appear and that vanish. */
  readonly raised: readonly string[];
  readonly dropped: readonly string[];
  /** Null: the same before and after. */
  readonly tier: FromTo | null;
  readonly category: FromTo | null;
  /** Keys of visits and escalations that are overdue now and were not before, whatever they were. */
  readonly overdue: readonly string[];
}

/**
 * What became of one episode.
 *
 * - `adopted`: it follows the protocol now; in a dry run it would
 * - `conflict`: someone changed it meanwhile; adopt again
 * - `ended`: its surveillance has ended; it keeps its protocol
 * - `erased`: its patient was erased meanwhile
 */
export type AdoptionOutcome = 'adopted' | 'conflict' | 'ended' | 'erased';

export interface EpisodeAdoption {
  /** The clinic's id of the episode. */
  readonly episode: string;
  /** The version of the episode that was looked at. */
  readonly version: number;
  /** The protocol that it followed. */
  readonly from: { readonly id: string; readonly version: string };
  readonly outcome: AdoptionOutcome;
  /** Null: nothing to compare, as it keeps its protocol or this release could not read its own. */
  readonly difference: AdoptionDifference | null;
  readonly problems: readonly Problem[];
}

/** Counts over a cohort; those of plans are over the adopted episodes. */
export interface AdoptionTotals {
  readonly episodes: Readonly<Record<AdoptionOutcome, number>>;
  /** Adopted episodes whose plan stays as it is in dates, escalations, tier and category. */
  readonly samePlan: number;
  /** Exams that counted before and do not now, and the other way round. */
  readonly examsNoLongerCount: number;
  readonly examsCountNow: number;
  readonly visitsReopened: number;
  readonly visitsSettled: number;
  readonly visitsMoved: number;
  /** Null: none moves. */
  readonly daysMoved: DaysMoved | null;
  readonly visitsAdded: number;
  readonly visitsCancelled: number;
  readonly escalationsRaised: number;
  readonly escalationsDropped: number;
  readonly tierChanges: number;
  readonly categoryChanges: number;
  /** Episodes with something that is overdue at once. */
  readonly overdueEpisodes: number;
}

/** A protocol version adopted over a cohort, or, in a dry run, what that would do. */
export interface Adoption {
  readonly clinic: string;
  readonly protocol: ProtocolPin;
  readonly asOf: DateText;
  readonly dryRun: boolean;
  /** Episodes that follow this version already. */
  readonly already: number;
  /** Episodes of other protocols, which were not asked for. */
  readonly others: number;
  readonly totals: AdoptionTotals;
  /** In the order of their registration. */
  readonly episodes: readonly EpisodeAdoption[];
  /** Names what is told here, in 16 hexadecimal digits; versions of episodes that make no difference to it do not count. */
  readonly digest: string;
}
