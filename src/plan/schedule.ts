import type { BiRads, IntervalCategory } from '../domain/bi-rads.ts';
import type { Day } from '../domain/civil-date.ts';
import type { EscalationAction } from '../domain/escalation-action.ts';
import type { Booking } from '../domain/event.ts';
import type { Modality } from '../domain/modality.ts';
import type { RiskTier } from '../domain/risk-tier.ts';
import type { RuleId } from '../domain/rule.ts';
import type { OffsetWindow, Window } from '../domain/window.ts';

/**
 * The schedule: what the engine computes, in days and reasons as data. The plan is the same in
 * ISO dates and sentences.
 */

export const PHASES = [
  'escalated',
  'ended',
  'suspended',
  'awaiting-baseline',
  'interval',
  'routine',
] as const;
export type Phase = (typeof PHASES)[number];

export const VISIT_STATUSES = [
  'not-yet-due',
  'due',
  'overdue',
  'forecast',
  'on-hold',
  'completed',
  'completed-limited',
  'awaiting-report',
  'declined',
  'missed',
] as const;
export type VisitStatus = (typeof VISIT_STATUSES)[number];

/** What an event has settled. A visit that is open no more may still be forecast; then nothing has. */
export const SETTLED_STATUSES: ReadonlySet<VisitStatus> = new Set([
  'completed',
  'completed-limited',
  'awaiting-report',
  'declined',
  'missed',
]);

export const ESCALATION_STATUSES = ['open', 'overdue', 'resolved', 'closed'] as const;
export type EscalationStatus = (typeof ESCALATION_STATUSES)[number];

export const VERDICTS = [
  'after-end',
  'other-breast',
  'before-ablation',
  'incomplete',
  'supplementary',
  'too-early',
  'interim',
  'counts',
] as const;
/** Whether an exam counted, and if not, why. schedule.md section 4. */
export type Verdict = (typeof VERDICTS)[number];

/** What dates are counted from. `eventId` is null for the episode's first ablation. */
export interface Anchor {
  readonly kind: 'ablation' | 'imaging' | 'pathology' | 'escalation';
  readonly eventId: string | null;
  readonly day: Day;
}

/** How the interval months came about. schedule.md section 2. */
export interface IntervalMonths {
  readonly category: IntervalCategory;
  readonly assumed: boolean;
  readonly tier: RiskTier;
  readonly byCategory: number;
  readonly cap: number;
  /** The smaller of both. */
  readonly months: number;
}

/** The rules that give a visit its dates. */
export type VisitRule = Extract<
  RuleId,
  | 'baseline'
  | 'first-interval'
  | 'minimum-gap'
  | 'interval'
  | 'forecast'
  | 'reoffer'
  | 'limited'
  | 'brought-forward'
  | 'resumed'
  | 'lane'
>;

/** A deferral that holds for a visit. */
export interface DeferralInForce {
  readonly eventId: string;
  readonly until: Day;
  /** Whether `until` lay beyond the longest deferral allowed. */
  readonly cut: boolean;
}

export interface ScheduledVisit {
  readonly key: string;
  readonly kind: 'baseline' | 'interval' | 'lane';
  readonly rule: VisitRule;
  readonly anchor: Anchor;
  /** Months from the anchor, before any deferral. */
  readonly offsets: OffsetWindow;
  /** Months of the offset that the band is counted from; null where no band clips the window. */
  readonly bandFrom: number | null;
  readonly interval: IntervalMonths | null;
  /** The days, with a deferral in force. */
  readonly window: Window;
  readonly status: VisitStatus;
  readonly modalities: readonly Modality[];
  /** None of the visit's own modalities is possible: "needs review". */
  readonly fallbackOnly: boolean;
  readonly deferral: DeferralInForce | null;
  /** Event that filled or declined it, or that gave it these dates or this status; null: the ablation alone. */
  readonly causedBy: string | null;
  /** Planned past the horizon by the exceptions of section 3.5. */
  readonly pastHorizon: boolean;
}

/** What one exam or pathology result asked for, and why. */
export interface Trigger {
  /** `birads-4c`, `report-awaited`, `new-enhancement`, `pathology-malignant`, … */
  readonly id: string;
  readonly action: EscalationAction;
  readonly modality: 'MRI' | 'CEM' | null;
  readonly withinDays: number;
  readonly rule: RuleId;
  /** Earlier exam that it was compared with. */
  readonly comparedWith?: string | undefined;
  /** The measured values in words-to-be: now and before, in tenths of a millimetre. */
  readonly measured?: { readonly now: number; readonly before?: number | undefined } | undefined;
}

export interface ScheduledEscalation {
  readonly key: string;
  readonly eventId: string;
  readonly source: 'imaging' | 'pathology';
  readonly action: EscalationAction;
  readonly modality: 'MRI' | 'CEM' | null;
  /** In the order of their ids. */
  readonly triggers: readonly Trigger[];
  readonly raisedOn: Day;
  readonly dueBy: Day;
  readonly status: EscalationStatus;
  readonly answeredBy: string | null;
  readonly answeredOn: Day | null;
  /** A finding beside BI-RADS 1–3: to be confirmed by a radiologist. */
  readonly conflict: BiRads | null;
}

export interface ScheduledExam {
  readonly id: string;
  readonly date: Day;
  readonly modality: Modality;
  readonly biRads: BiRads | null;
  readonly verdict: Verdict;
  /** The staged visit that it filled. */
  readonly visit: string | null;
  /** The staged visit that was open that day, and its days; null where none was. */
  readonly against: {
    readonly key: string;
    readonly window: Window;
    readonly acceptFrom: Day;
  } | null;
  /** Counts although it is none of the visit's own modalities. */
  readonly limited: boolean;
  readonly reportedBy: string | null;
  /** Lane visits that it filled. */
  readonly lanes: readonly string[];
}

/** A fact that is not recorded, and the tiers to which it could have raised the course. */
export interface UnknownFact {
  /** Path in the case file's episode, `tumor.grade`; of a repeat ablation, in its event. */
  readonly fact: string;
  /** Lower tier first. */
  readonly raisesTo: readonly RiskTier[];
}

/** Why a warning or assumption stands in the plan. */
export interface Note {
  readonly code: string;
  readonly message: string;
  /** The event that it is about. */
  readonly event?: string | undefined;
  /** The fact that is not recorded. */
  readonly fact?: string | undefined;
}

export interface Schedule {
  readonly asOf: Day;
  readonly phase: Phase;
  readonly course: number;
  readonly ablation: Anchor;
  readonly category: BiRads;
  readonly categoryAssumed: boolean;
  /** The event that gave the category; null while it is assumed. */
  readonly categoryFrom: string | null;
  readonly tier: RiskTier;
  readonly tierFactors: readonly string[];
  /** Facts that are not recorded and could raise the tier. */
  readonly unknownFacts: readonly UnknownFact[];
  readonly visits: readonly ScheduledVisit[];
  readonly escalations: readonly ScheduledEscalation[];
  readonly exams: readonly ScheduledExam[];
  readonly suspendedUntil: Day | null;
  readonly endedBy: string | null;
  /** Latest booking of each visit key. */
  readonly bookings: ReadonlyMap<string, Booking>;
  readonly warnings: readonly Note[];
}
