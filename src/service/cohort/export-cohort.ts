import { safeJson } from '../../export/sanitize.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import { pagesOfCases } from '../episode/each-case.ts';
import { findEpisode } from '../episode/find-episode.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { type ServiceOutcome, succeed } from '../service-outcome.ts';
import { caseDocument } from './cohort-document.ts';
import { FACTS_CSV_HEAD, factsCsvRow } from './cohort-facts-csv.ts';

/** `ndjson`: whole case files, one a line · `csv`: the facts of the short form, for spreadsheets. */
export const COHORT_FORMATS = ['ndjson', 'csv'] as const;
export type CohortFormat = (typeof COHORT_FORMATS)[number];

/** What to export. */
export interface CohortExport {
  readonly clinic: Clinic;
  /** The clinic's id of one episode; absent: all of them, in the order of their registration. */
  readonly episode?: string | undefined;
  readonly format: CohortFormat;
}

/**
 * A clinic's episodes as text, a line or record at a time. NDJSON read into another store makes the
 * same episodes, with the same plans under the same protocol; who recorded what and when stays behind.
 */
export async function exportCohort(
  context: Pick<SchedulerContext, 'store'>,
  { clinic, episode, format }: CohortExport,
): Promise<ServiceOutcome<AsyncIterable<string>>> {
  if (episode === undefined) return succeed(textOf(eachCase(context, clinic), format));
  const found = await findEpisode(context, clinic, episode);
  return found.ok ? succeed(textOf([found.value], format)) : found;
}

async function* eachCase(
  context: Pick<SchedulerContext, 'store'>,
  { id }: Clinic,
): AsyncGenerator<StoredCase> {
  for await (const page of pagesOfCases(context, id)) yield* page;
}

async function* textOf(
  cases: AsyncIterable<StoredCase> | readonly StoredCase[],
  format: CohortFormat,
): AsyncGenerator<string> {
  if (format === 'csv') yield FACTS_CSV_HEAD;
  for await (const { caseFile } of cases) {
    yield format === 'csv'
      ? factsCsvRow(caseFile.episode)
      : `${safeJson(caseDocument(caseFile))}\n`;
  }
}
