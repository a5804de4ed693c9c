import type { AblationFacts } from '../domain/ablation.ts';
import type { BiRads } from '../domain/bi-rads.ts';
import { addMonths, type Day } from '../domain/civil-date.ts';
import type { Episode } from '../domain/episode.ts';
import type { OffsetWindow, Window } from '../domain/window.ts';
import type { Exam } from '../history/case-history.ts';
import type {
  Anchor,
  DeferralInForce,
  IntervalMonths,
  VisitRule,
  VisitStatus,
} from '../plan/schedule.ts';
import type { Protocol } from '../protocol/protocol-schema.ts';
import { createLanes, type LaneVisit } from './lanes.ts';
import { assessTier, type TierAssessment } from './risk-tier.ts';
import { baselineVisit } from './staged-visits.ts';

/** A staged visit with dates, before its status. */
export interface StagedVisit {
  readonly key: string;
  readonly kind: 'baseline' | 'interval';
  readonly rule: VisitRule;
  readonly anchor: Anchor;
  readonly offsets: OffsetWindow;
  readonly bandFrom: number | null;
  readonly interval: IntervalMonths | null;
  /** Without any deferral. */
  readonly window: Window;
  /** First day on which an exam may fill it. */
  readonly acceptFrom: Day;
  readonly causedBy: string | null;
  readonly pastHorizon: boolean;
}

/** A staged visit that was filled or declined. */
export interface ClosedVisit {
  readonly visit: StagedVisit;
  readonly deferral: DeferralInForce | null;
  readonly status: Extract<
    VisitStatus,
    'completed' | 'completed-limited' | 'awaiting-report' | 'declined'
  >;
  readonly by: string;
}

/** What follows one ablation, as the replay changes it. */
export interface Course {
  readonly number: number;
  readonly ablation: Anchor;
  /** Last day for the target of a staged visit; null: no end. schedule.md 3.5. */
  readonly horizon: Day | null;
  readonly tier: TierAssessment;
  readonly lanes: readonly LaneVisit[];
  category: BiRads;
  categoryAssumed: boolean;
  /** Event that gave the category; null while it is assumed. */
  categoryFrom: string | null;
  open: StagedVisit | null;
  deferral: DeferralInForce | null;
  readonly closed: ClosedVisit[];
  /** Number of interval visits that were counted or declined. */
  intervalsClosed: number;
  /** Diagnostic exams of this breast after the ablation, in event order. */
  readonly diagnosticExams: Exam[];
}

/** Starts course `number` with an ablation: no category yet, the baseline open. schedule.md, "Words" and 2. */
export function startCourse(
  number: number,
  ablation: Anchor,
  facts: AblationFacts,
  episode: Episode,
  protocol: Protocol,
): Course {
  const { horizonMonths } = protocol;
  return {
    number,
    ablation,
    horizon: horizonMonths === undefined ? null : addMonths(ablation.day, horizonMonths),
    tier: assessTier(episode, facts, number),
    lanes: createLanes(number, ablation.day, protocol),
    category: episode.assumedBiRads ?? protocol.assumedCategory,
    categoryAssumed: true,
    categoryFrom: null,
    open:
      protocol.baseline === undefined ? null : baselineVisit(number, ablation, protocol.baseline),
    deferral: null,
    closed: [],
    intervalsClosed: 0,
    diagnosticExams: [],
  };
}
