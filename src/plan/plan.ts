import type { BiRads } from '../domain/bi-rads.ts';
import type { DateText } from '../domain/civil-date.ts';
import type { EscalationAction } from '../domain/escalation-action.ts';
import type { ContactMethod, ContactOutcome, EventType } from '../domain/event.ts';
import type { Laterality } from '../domain/laterality.ts';
import type { Modality } from '../domain/modality.ts';
import type { RiskTier } from '../domain/risk-tier.ts';
import type { RuleId } from '../domain/rule.ts';
import type { EscalationStatus, Note, Phase, Verdict, VisitStatus } from './schedule.ts';

/** Version of the plan's JSON shape. */
export const PLAN_SCHEMA_VERSION = 1;

/** A source of a rule, with how sure it makes the rule. */
export interface Citation {
  readonly source: string;
  readonly citation: string;
  readonly certainty: string;
  readonly doi?: string | undefined;
  readonly url?: string | undefined;
  readonly note?: string | undefined;
}

/** Why a line of the plan is as it is. */
export interface Because {
  readonly rule: RuleId;
  /** Section of the schedule contract. */
  readonly section: string;
  readonly protocol: { readonly id: string; readonly version: string };
  /** The event that the dates are counted from; `event` is null for the episode's first ablation. */
  readonly anchor: {
    readonly kind: string;
    readonly event: string | null;
    readonly date: DateText;
  };
  /** The event that last changed this line; null when the ablation alone gave it. */
  readonly causedBy: string | null;
  /** The calculation in words, one sentence a step. */
  readonly arithmetic: readonly string[];
  /** Why the protocol does it so; empty where the protocol file gives no reason. */
  readonly reasons: readonly string[];
  readonly citations: readonly Citation[];
}

/** A planned visit. All three dates are inclusive. */
export interface PlannedVisit {
  readonly key: string;
  readonly kind: 'baseline' | 'interval' | 'lane';
  readonly earliest: DateText;
  readonly target: DateText;
  readonly latest: DateText;
  readonly modalities: readonly Modality[];
  /** True: no contrast-enhanced option (or none of the lane's own) is possible; needs review. */
  readonly needsReview: boolean;
  readonly status: VisitStatus;
  /** The latest appointment for it. */
  readonly booking: {
    readonly event: string;
    readonly appointment: string;
    readonly location?: string | undefined;
  } | null;
  /** The deferral in force; `until` is the last day that it allows. */
  readonly deferral: { readonly event: string; readonly until: DateText } | null;
  readonly because: Because;
}

/** An open question with a deadline, or one that was answered. */
export interface PlannedEscalation {
  readonly key: string;
  readonly action: EscalationAction;
  /** The study asked for; null unless the action is advanced imaging. */
  readonly modality: 'MRI' | 'CEM' | null;
  readonly triggers: readonly string[];
  readonly raisedOn: DateText;
  readonly dueBy: DateText;
  readonly status: EscalationStatus;
  readonly answeredBy: string | null;
  /** True: a finding stands beside BI-RADS 1–3 and must be confirmed by a radiologist. */
  readonly conflict: boolean;
  readonly because: Because;
}

/** An exam with its verdict. */
export interface JudgedExam {
  readonly id: string;
  readonly date: DateText;
  readonly modality: Modality;
  readonly biRads: BiRads | null;
  readonly verdict: Verdict;
  /** The staged visit that it filled, only where it counts. */
  readonly visit: string | null;
  /** Lane visits that it filled. */
  readonly lanes: readonly string[];
  /** Why it counted, or why not, in words. */
  readonly reason: string;
  /** Days before (negative) or after the target of the visit that was open; null where none was. */
  readonly daysFromTarget: number | null;
}

/** An event that the plan knows. */
export interface KnownEvent {
  readonly id: string;
  readonly type: EventType;
  readonly date: DateText;
  /** The event that a report reports, or that a correction takes back. */
  readonly of?: string | undefined;
}

/** An attempt to reach the patient. */
export interface KnownContact {
  readonly id: string;
  readonly date: DateText;
  readonly method: ContactMethod;
  readonly outcome: ContactOutcome;
  /** The visit or escalation that it was about; null: the surveillance as a whole. */
  readonly item: string | null;
}

/** The plan: the schedule in ISO dates and sentences. What people read and programs exchange. */
export interface Plan {
  readonly schemaVersion: typeof PLAN_SCHEMA_VERSION;
  readonly asOf: DateText;
  readonly episode: {
    readonly id: string;
    readonly patientRef?: string | undefined;
    /** Null: the side was not given. */
    readonly laterality: Laterality | null;
    readonly ablationDate: DateText;
  };
  readonly protocol: { readonly id: string; readonly version: string; readonly title: string };
  readonly phase: Phase;
  readonly course: number;
  /** Date of the current course's ablation. */
  readonly ablationDate: DateText;
  /** Last day on which staged visits are planned; null for a protocol of lanes only. */
  readonly horizon: DateText | null;
  readonly category: BiRads;
  readonly categoryAssumed: boolean;
  readonly tier: RiskTier;
  readonly tierFactors: readonly string[];
  readonly suspendedUntil: DateText | null;
  /** The event that ended the surveillance; null while it goes on. */
  readonly endedBy: string | null;
  readonly visits: readonly PlannedVisit[];
  readonly escalations: readonly PlannedEscalation[];
  readonly exams: readonly JudgedExam[];
  /** Facts that are not recorded and could have changed the plan. */
  readonly assumptions: readonly Note[];
  /** Events that had no effect, and other things that someone should know. */
  readonly warnings: readonly Note[];
  /** Attempts to reach the patient, in order. */
  readonly contacts: readonly KnownContact[];
  /** The events that were known and stood, in order. */
  readonly events: readonly KnownEvent[];
}
