import type { DateText } from '../domain/civil-date.ts';
import { BUCKET_NAMES, type Bucket } from '../plan/worklist-buckets.ts';
import { WORKLIST_SCHEMA_VERSION, type Worklist, type WorklistRow } from '../plan/worklist-row.ts';
import { fitsFilter, type RowFilter } from './row-filter.ts';
import { compareRows } from './row-order.ts';

/** Sorts rows of any number of plans of one day into a worklist; `rows` is not changed. */
export function makeWorklist(
  rows: Iterable<WorklistRow>,
  { asOf, soonDays }: { readonly asOf: DateText; readonly soonDays: number },
  filter: RowFilter = {},
): Worklist {
  const shown: WorklistRow[] = [];
  let leftOut = 0;
  for (const row of rows) {
    if (fitsFilter(row, filter)) shown.push(row);
    else leftOut += 1;
  }
  return {
    schemaVersion: WORKLIST_SCHEMA_VERSION,
    asOf,
    soonDays,
    counts: countRows(shown),
    leftOut,
    rows: shown.sort(compareRows),
  };
}

/** The part of a worklist that fits a filter; it says how many rows were left out. */
export function filterWorklist(worklist: Worklist, filter: RowFilter): Worklist {
  const { leftOut, ...rest } = makeWorklist(worklist.rows, worklist, filter);
  return { ...rest, leftOut: leftOut + worklist.leftOut };
}

function countRows(rows: readonly WorklistRow[]): Record<Bucket, number> {
  const counts = Object.fromEntries(BUCKET_NAMES.map((bucket) => [bucket, 0])) as Record<
    Bucket,
    number
  >;
  for (const { bucket } of rows) counts[bucket] += 1;
  return counts;
}
