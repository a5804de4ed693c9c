import type { AblationFacts } from './ablation.ts';
import type { BiRads } from './bi-rads.ts';
import type { Day } from './civil-date.ts';
import type { Findings } from './finding.ts';
import type { ExamLaterality } from './laterality.ts';
import type { Modality } from './modality.ts';

export const EXAM_QUALITIES = ['diagnostic', 'non-diagnostic'] as const;
export type ExamQuality = (typeof EXAM_QUALITIES)[number];

export const PATHOLOGY_RESULTS = [
  'benign-concordant',
  'benign-discordant',
  'non-diagnostic',
  'high-risk',
  'malignant',
] as const;
export type PathologyResult = (typeof PATHOLOGY_RESULTS)[number];

export const CLOSURE_REASONS = [
  'death',
  'transferred',
  'withdrew',
  'lost-to-follow-up',
  'metastatic-disease',
  'completed',
] as const;
export type ClosureReason = (typeof CLOSURE_REASONS)[number];

/** How a clinic tried to reach a patient. */
export const CONTACT_METHODS = ['letter', 'call', 'message'] as const;
export type ContactMethod = (typeof CONTACT_METHODS)[number];

/**
 * What became of it: `reached` spoken to or answered · `sent` on its way, no answer yet ·
 * `left-message` with a person or a machine · `no-answer` nobody answered · `returned` wrong address
 * or number.
 */
export const CONTACT_OUTCOMES = [
  'reached',
  'sent',
  'left-message',
  'no-answer',
  'returned',
] as const;
export type ContactOutcome = (typeof CONTACT_OUTCOMES)[number];

interface Dated {
  /** Unique in the case file. */
  readonly id: string;
  /** The civil day on which it happened. */
  readonly date: Day;
}

/** Imaging that was performed. FHIR: ImagingStudy with its DiagnosticReport. */
export interface Imaging extends Dated {
  readonly type: 'imaging';
  readonly modality: Modality;
  /** Absent: the episode's side. */
  readonly laterality?: ExamLaterality | undefined;
  /** Absent: diagnostic. */
  readonly quality?: ExamQuality | undefined;
  /** Absent: the report is awaited. */
  readonly biRads?: BiRads | undefined;
  readonly findings?: Findings | undefined;
}

/** A report or addendum that came later than its exam. */
export interface Report extends Dated {
  readonly type: 'report';
  /** Id of the imaging event that it reports. */
  readonly of: string;
  readonly biRads: BiRads;
  readonly findings?: Findings | undefined;
}

export interface Pathology extends Dated {
  readonly type: 'pathology';
  readonly result: PathologyResult;
  /** The day on which the tissue was taken; absent: before the event's date. */
  readonly specimenDate?: Day | undefined;
  readonly laterality?: ExamLaterality | undefined;
  /** Keys of the escalations that it answers; an empty list answers none. */
  readonly answers?: readonly string[] | undefined;
}

/** A repeat ablation of the lesion. */
export interface RepeatAblation extends Dated, AblationFacts {
  readonly type: 'ablation';
}

/** A contraindication that holds from `from` to `to`, both inclusive; without `to` it has no end. */
export interface Constraint extends Dated {
  readonly type: 'constraint';
  /** A key of the protocol's `contraindications`. */
  readonly kind: string;
  readonly from: Day;
  readonly to?: Day | undefined;
}

export interface Deferral extends Dated {
  readonly type: 'deferral';
  readonly visit: string;
  /** The last day on which the visit is then still in time. */
  readonly until: Day;
  readonly reason: string;
}

export interface Decline extends Dated {
  readonly type: 'decline';
  readonly visit: string;
  readonly reason: string;
}

/** An appointment for a visit. It decides nothing about the schedule. */
export interface Booking extends Dated {
  readonly type: 'booking';
  readonly visit: string;
  /** A civil date, or a date-time with its zone (RFC 9557: `2026-04-20T09:30[Europe/Berlin]`). */
  readonly appointment: string;
  readonly location?: string | undefined;
}

/** An attempt to reach the patient. It decides nothing about the schedule. FHIR: Communication. */
export interface Contact extends Dated {
  readonly type: 'contact';
  readonly method: ContactMethod;
  readonly outcome: ContactOutcome;
  /** Key of the visit or escalation that it was about; absent: the surveillance as a whole. */
  readonly item?: string | undefined;
  readonly note?: string | undefined;
}

/** A clinician resolves an escalation. */
export interface Decision extends Dated {
  readonly type: 'decision';
  readonly escalation: string;
  readonly reason: string;
}

export interface Suspension extends Dated {
  readonly type: 'suspension';
  /** Last suspended day, inclusive. */
  readonly until?: Day | undefined;
  readonly reason?: string | undefined;
}

export interface Resumption extends Dated {
  readonly type: 'resumption';
  readonly reason?: string | undefined;
}

export interface Surgery extends Dated {
  readonly type: 'surgery';
  readonly reason?: string | undefined;
}

export interface Closure extends Dated {
  readonly type: 'closure';
  readonly reason: ClosureReason;
  /** Why, in words: with `lost-to-follow-up` what stands in for the attempts to reach the patient. */
  readonly note?: string | undefined;
}

export interface Reopening extends Dated {
  readonly type: 'reopening';
  readonly reason: string;
}

/** Takes back an event that was entered in error. */
export interface Correction extends Dated {
  readonly type: 'correction';
  /** Id of the event that it removes. */
  readonly of: string;
  readonly reason: string;
}

/** An event of the case file: a dated, append-only fact. schedule.md, "Input". */
export type CaseEvent =
  | Imaging
  | Report
  | Pathology
  | RepeatAblation
  | Constraint
  | Deferral
  | Decline
  | Booking
  | Contact
  | Decision
  | Suspension
  | Resumption
  | Surgery
  | Closure
  | Reopening
  | Correction;

export type EventType = CaseEvent['type'];
