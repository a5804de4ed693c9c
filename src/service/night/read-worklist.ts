import { BUCKET_NAMES } from '../../plan/worklist-buckets.ts';
import type { Worklist, WorklistRow } from '../../plan/worklist-row.ts';
import type { Clinic } from '../../store/clinic.ts';
import { fitsFilter, type RowFilter } from '../../worklist/row-filter.ts';
import { countRows, rowsInBuckets } from '../../worklist/worklist.ts';
import type { UnplannedEpisode } from '../episode/unplanned-episode.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { type ServiceOutcome, succeed } from '../service-outcome.ts';
import type { WorklistBook } from './worklist-book.ts';

export { BUCKET_NAMES, BUCKETS, type Bucket } from '../../plan/worklist-buckets.ts';
export type { WorklistRow } from '../../plan/worklist-row.ts';
export type { RowFilter } from '../../worklist/row-filter.ts';

/** Asks for one page of a clinic's worklist of today. */
export interface WorklistQuery {
  readonly clinic: Clinic;
  readonly soonDays: number;
  /** Absent buckets: all but `later`, of which nothing is to be done yet. */
  readonly filter: RowFilter;
  /** Part of an episode's id or of a patient's reference; capitals do not matter. */
  readonly search?: string | undefined;
  /** From 1; one behind the last page is answered with the last. */
  readonly page: number;
  readonly pageSize: number;
}

/** One page of the worklist. */
export interface WorklistPage {
  readonly asOf: string;
  readonly soonDays: number;
  /** Rows in each bucket that fit the rest of the filter. */
  readonly counts: Readonly<Record<WorklistRow['bucket'], number>>;
  /** Rows that fit the whole filter. */
  readonly found: number;
  /** How many of them need nothing yet: they lie later. */
  readonly later: number;
  readonly rows: readonly WorklistRow[];
  /** How many rows stand on earlier pages. */
  readonly before: number;
  readonly page: number;
  readonly pages: number;
  /** Of the whole clinic: no filter hides them. */
  readonly unplanned: readonly UnplannedEpisode[];
}

/** A page of the worklist of a clinic, as of today there. */
export async function readWorklist(
  context: SchedulerContext,
  book: WorklistBook,
  { clinic, soonDays, filter, search, page: asked, pageSize }: WorklistQuery,
): Promise<ServiceOutcome<WorklistPage>> {
  const told = await book.worklist(context, { clinic, soonDays });
  if (!told.ok) return told;
  const { worklist, unplanned } = told.value;
  const { buckets, ...rest } = filter;
  const fitting = partOf(worklist, rest, search);
  const chosen = rowsInBuckets(fitting, buckets ?? NOT_LATER);
  const pages = Math.max(1, Math.ceil(chosen.length / pageSize));
  const page = Math.min(Math.max(1, asked), pages);
  const before = (page - 1) * pageSize;
  return succeed({
    asOf: worklist.asOf,
    soonDays,
    counts: fitting.counts,
    found: chosen.length,
    later: buckets?.includes('later') ? fitting.counts.later : 0,
    rows: chosen.slice(before, before + pageSize),
    before,
    page,
    pages,
    unplanned,
  });
}

const NOT_LATER = BUCKET_NAMES.filter((bucket) => bucket !== 'later');

type Part = Pick<Worklist, 'rows' | 'counts'>;

/** A clinic has many rows: they are looked at one by one only where something is asked of them. */
function partOf(worklist: Worklist, filter: RowFilter, search = ''): Part {
  const asksNothing = Object.values(filter).every((value) => value === undefined);
  if (asksNothing && search === '') return worklist;
  const wanted = search.toLowerCase();
  const rows = worklist.rows.filter((row) => fitsFilter(row, filter) && holds(row, wanted));
  return { rows, counts: countRows(rows) };
}

function holds({ episode, patientRef }: WorklistRow, wanted: string): boolean {
  if (wanted === '') return true;
  return [episode, patientRef].some((text) => text?.toLowerCase().includes(wanted) === true);
}
