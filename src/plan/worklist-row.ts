import type { DateText } from '../domain/civil-date.ts';
import type { EscalationAction } from '../domain/escalation-action.ts';
import type { Laterality } from '../domain/laterality.ts';
import type { Modality } from '../domain/modality.ts';
import type { RiskTier } from '../domain/risk-tier.ts';
import type { RuleId } from '../domain/rule.ts';
import type { KnownContact } from './plan.ts';
import type { Phase } from './schedule.ts';
import type { Bucket } from './worklist-buckets.ts';

/** Version of the worklist's JSON shape. */
export const WORKLIST_SCHEMA_VERSION = 1;

export const ITEM_KINDS = ['escalation', 'staged', 'lane', 'facts', 'no-visit-left'] as const;
/** What an open item is: an escalation, a staged or lane visit, missing facts, or nothing left to do. */
export type ItemKind = (typeof ITEM_KINDS)[number];

/** The appointment of a visit: its latest booking. */
export interface RowAppointment {
  readonly event: string;
  /** The civil day of the appointment, at the clinic. */
  readonly day: DateText;
  readonly appointment: string;
  readonly location?: string | undefined;
  /** Whether it is today or later and inside the window: only then is the visit booked. */
  readonly stands: boolean;
}

/** The open day nearest to the target, or why there is none. */
export interface RowSuggestion {
  readonly day: DateText | null;
  /** Days after (before, when negative) the target; null without a day. */
  readonly fromTarget: number | null;
  readonly why: 'window-over' | 'all-closed' | null;
}

/** One open item of one episode on one day: what a person works through. */
export interface WorklistRow {
  readonly asOf: DateText;
  readonly clinic: string;
  readonly patientRef: string | null;
  readonly episode: string;
  readonly side: Laterality | null;
  readonly phase: Phase;
  readonly tier: RiskTier;
  /** Key of the visit or escalation; `facts` or `no-visit-left` for the other two. */
  readonly item: string;
  readonly kind: ItemKind;
  readonly bucket: Bucket;
  /** The code under which a minimal calendar shows the item; null where no calendar is made. */
  readonly code: string | null;
  /** What an escalation asks for, and because of what. */
  readonly action: EscalationAction | null;
  readonly triggers: readonly string[];
  /** A visit's days, all inclusive, with any deferral. */
  readonly window: {
    readonly earliest: DateText;
    readonly target: DateText;
    readonly latest: DateText;
  } | null;
  /** From when it could be done: a visit's earliest day, the day an escalation was raised. */
  readonly since: DateText | null;
  /** The last day in time: a visit's latest day, an escalation's deadline. */
  readonly deadline: DateText | null;
  /** Days after the deadline; zero or negative: days left. */
  readonly daysLate: number | null;
  /** Last day of what makes it wait: of the deferral, of the suspension, the deadline of the escalation. */
  readonly until: DateText | null;
  readonly modalities: readonly Modality[];
  /** No proper modality is possible, or a finding stands beside a benign category: someone must look. */
  readonly needsReview: boolean;
  /** Why it is in its bucket, in one sentence. */
  readonly reason: string;
  /** The rule behind it. */
  readonly rule: {
    readonly id: RuleId;
    readonly section: string;
    readonly protocol: { readonly id: string; readonly version: string };
  };
  readonly contacts: { readonly count: number; readonly last: KnownContact | null };
  readonly booked: RowAppointment | null;
  /** Null where no day is asked for: no clinic calendar, booked, put off, on hold, or not a visit. */
  readonly suggested: RowSuggestion | null;
}

/** The open items of some episodes on one day, most urgent first. */
export interface Worklist {
  readonly schemaVersion: typeof WORKLIST_SCHEMA_VERSION;
  readonly asOf: DateText;
  /** How many days ahead a window that opens is "soon". */
  readonly soonDays: number;
  /** Rows in each bucket, zero included. */
  readonly counts: Readonly<Record<Bucket, number>>;
  /** Rows that a filter left out. */
  readonly leftOut: number;
  readonly rows: readonly WorklistRow[];
}
