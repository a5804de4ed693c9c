import type { DateText } from '../domain/civil-date.ts';
import { BUCKET_NAMES, type Bucket } from '../plan/worklist-buckets.ts';
import { WORKLIST_SCHEMA_VERSION, type Worklist, type WorklistRow } from '../plan/worklist-row.ts';
import { fitsFilter, type RowFilter } from './row-filter.ts';
import { compareRows } from './row-order.ts';

/** The day that a worklist tells of, and how far ahead "soon" is. */
export interface WorklistDay {
  readonly asOf: DateText;
  readonly soonDays: number;
}

/** Gathers rows plan by plan, and keeps only those that fit a filter: a cohort has many that do not. */
export class WorklistBuilder {
  readonly #filter: RowFilter;
  readonly #rows: WorklistRow[] = [];
  #leftOut = 0;

  constructor(filter: RowFilter = {}) {
    this.#filter = filter;
  }

  add(rows: Iterable<WorklistRow>): void {
    for (const row of rows) {
      if (fitsFilter(row, this.#filter)) this.#rows.push(row);
      else this.#leftOut += 1;
    }
  }

  /** The rows in their order; nothing may be added afterwards. */
  build({ asOf, soonDays }: WorklistDay): Worklist {
    return {
      schemaVersion: WORKLIST_SCHEMA_VERSION,
      asOf,
      soonDays,
      counts: countRows(this.#rows),
      leftOut: this.#leftOut,
      rows: this.#rows.sort(compareRows),
    };
  }
}

/** Sorts rows of any number of plans of one day into a worklist; `rows` is not changed. */
export function makeWorklist(
  rows: Iterable<WorklistRow>,
  day: WorklistDay,
  filter: RowFilter = {},
): Worklist {
  const builder = new WorklistBuilder(filter);
  builder.add(rows);
  return builder.build(day);
}

/** The worklist without some of its rows and with others, `worklist` itself stays as it is. */
export function replaceRows(
  worklist: Worklist,
  gone: ReadonlySet<WorklistRow>,
  added: readonly WorklistRow[],
): Worklist {
  const rows: WorklistRow[] = [];
  const coming = added.toSorted(compareRows);
  let next = 0;
  for (const row of worklist.rows) {
    if (gone.has(row)) continue;
    for (let each = coming[next]; each !== undefined; each = coming[next]) {
      if (compareRows(each, row) > 0) break;
      rows.push(each);
      next += 1;
    }
    rows.push(row);
  }
  for (const row of coming.slice(next)) rows.push(row);
  return { ...worklist, counts: countRows(rows), rows };
}

/** The rows of some buckets, in their order: the rows of a bucket stand together. */
export function rowsInBuckets(
  { rows, counts }: Pick<Worklist, 'rows' | 'counts'>,
  buckets: readonly Bucket[],
): readonly WorklistRow[] {
  let end = 0;
  const parts = BUCKET_NAMES.map((bucket) => {
    const begin = end;
    end += counts[bucket];
    return buckets.includes(bucket) ? rows.slice(begin, end) : [];
  });
  return parts.flat();
}

/** The part of a worklist that fits a filter; it says how many rows were left out. */
export function filterWorklist(worklist: Worklist, filter: RowFilter): Worklist {
  const { leftOut, ...rest } = makeWorklist(worklist.rows, worklist, filter);
  return { ...rest, leftOut: leftOut + worklist.leftOut };
}

/** Rows in each bucket, zero included. */
export function countRows(rows: readonly WorklistRow[]): Record<Bucket, number> {
  const counts = Object.fromEntries(BUCKET_NAMES.map((bucket) => [bucket, 0])) as Record<
    Bucket,
    number
  >;
  for (const { bucket } of rows) counts[bucket] += 1;
  return counts;
}
