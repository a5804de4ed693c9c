import type { DateText } from '../domain/civil-date.ts';
import type { EventType } from '../domain/event.ts';
import type { RuleId } from '../domain/rule.ts';
import type { Plan, PlannedEscalation, PlannedVisit } from './plan.ts';

/** Version of the difference's JSON shape. */
export const PLAN_DIFF_SCHEMA_VERSION = 1;

/** What brought a change about. */
export type Cause =
  | {
      readonly kind: 'event';
      readonly event: string;
      readonly type: EventType;
      readonly date: DateText;
    }
  /** An event that the old plan knew was taken back, or is not there any more. */
  | {
      readonly kind: 'event-removed';
      readonly event: string;
      readonly type: EventType;
      readonly date: DateText;
    }
  | { readonly kind: 'protocol'; readonly from: string; readonly to: string }
  | { readonly kind: 'as-of'; readonly from: DateText; readonly to: DateText }
  /** The facts of the episode differ (tumor, ablation, assumption), or those of an event. */
  | { readonly kind: 'facts' };

/** One line of a plan before and after, with the rule and the cause. `null`: not in that plan. */
export interface LineChange<T> {
  readonly key: string;
  readonly before: T | null;
  readonly after: T | null;
  readonly rule: RuleId;
  readonly cause: Cause;
}

/** The lines of one kind, told apart by what happened to them. */
export interface LineDiff<T> {
  readonly added: readonly LineChange<T>[];
  /** One of the three dates differs. */
  readonly moved: readonly LineChange<T>[];
  /** Same dates; status, modalities, booking or answer differ. */
  readonly changed: readonly LineChange<T>[];
  readonly cancelled: readonly LineChange<T>[];
  /** Only the reason differs: another rule, protocol version or source leads to the same line. */
  readonly restated: readonly LineChange<T>[];
  /** Keys of the lines that are equal in every field. */
  readonly unchanged: readonly string[];
  /** Keys of the new plan, in its order. */
  readonly order: readonly string[];
}

/** The parts of a plan that are not lines. */
export type PlanHeader = Omit<Plan, 'visits' | 'escalations'>;

/** The machine-readable difference of two plans. Applied to the old plan it gives the new one. */
export interface PlanDiff {
  readonly schemaVersion: typeof PLAN_DIFF_SCHEMA_VERSION;
  readonly episode: string;
  readonly asOf: { readonly from: DateText; readonly to: DateText };
  /** What happened between the two plans; the cause of a line is one of these. */
  readonly causes: readonly Cause[];
  readonly visits: LineDiff<PlannedVisit>;
  readonly escalations: LineDiff<PlannedEscalation>;
  /** The header fields that differ, with their new values. */
  readonly header: Partial<PlanHeader>;
}
