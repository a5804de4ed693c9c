import type { DateText } from '../domain/civil-date.ts';
import type { Cause } from './plan-diff.ts';
import type { WorklistRow } from './worklist-row.ts';

export const ROW_CHANGES = ['became-overdue', 'appeared', 'moved', 'changed', 'resolved'] as const;
/**
 * What became of an open item between two lists: `became-overdue` it was on the list and is late now ·
 * `appeared` it was not on the list · `moved` its dates differ · `changed` its bucket differs, with the
 * same dates · `resolved` it is no longer open. The first that holds.
 */
export type RowChangeKind = (typeof ROW_CHANGES)[number];

/** Why an item changed; `episode-gone`: its episode is no longer in the cohort. */
export type RowCause = Cause | { readonly kind: 'episode-gone' };

/** One open item that changed. `before` is null where it appeared, `after` where it was resolved. */
export interface RowChange {
  readonly kind: RowChangeKind;
  readonly before: WorklistRow | null;
  readonly after: WorklistRow | null;
  readonly cause: RowCause;
}

/** What changed between two worklists, each item in one list, most urgent first. */
export interface WorklistDiff {
  readonly asOf: { readonly from: DateText; readonly to: DateText };
  readonly becameOverdue: readonly RowChange[];
  readonly appeared: readonly RowChange[];
  readonly moved: readonly RowChange[];
  readonly changed: readonly RowChange[];
  readonly resolved: readonly RowChange[];
  /** Items that are on both lists with the same dates in the same bucket. */
  readonly unchanged: number;
}
