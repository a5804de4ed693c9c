import type { DateText } from '../domain/civil-date.ts';
import type { Modality } from '../domain/modality.ts';
import type { RiskTier } from '../domain/risk-tier.ts';
import type { Bucket } from '../plan/worklist-buckets.ts';
import type { WorklistRow } from '../plan/worklist-row.ts';

/** Which rows to show: those that fit every field that is given, one value of each. */
export interface RowFilter {
  readonly buckets?: readonly Bucket[] | undefined;
  readonly tiers?: readonly RiskTier[] | undefined;
  /** Rows for which one of these is an option; a row without an option fits none. */
  readonly modalities?: readonly Modality[] | undefined;
  readonly clinics?: readonly string[] | undefined;
  /** Rows that can be done on some day from `from` to `to`, both inclusive. */
  readonly from?: DateText | undefined;
  readonly to?: DateText | undefined;
  /** The code of a minimal calendar; capitals do not matter. */
  readonly code?: string | undefined;
}

/** Whether a row fits a filter. */
export function fitsFilter(row: WorklistRow, filter: RowFilter): boolean {
  const { buckets, tiers, modalities, clinics, code } = filter;
  return (
    (buckets === undefined || buckets.includes(row.bucket)) &&
    (tiers === undefined || tiers.includes(row.tier)) &&
    (modalities === undefined || row.modalities.some((each) => modalities.includes(each))) &&
    (clinics === undefined || clinics.includes(row.clinic)) &&
    (code === undefined || row.code?.toUpperCase() === code.toUpperCase()) &&
    fitsDays(row, filter)
  );
}

/**
 * An item can be done from its first day until its deadline, and an item that is late on any day up
 * to the as-of date: no range that holds today can hide it. Without a deadline it can be done today.
 * ISO dates compare as text.
 */
function fitsDays(row: WorklistRow, { from, to }: RowFilter): boolean {
  const first = row.since ?? row.asOf;
  const last = row.deadline === null || row.deadline < row.asOf ? row.asOf : row.deadline;
  return (to === undefined || first <= to) && (from === undefined || last >= from);
}
