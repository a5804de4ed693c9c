import { safeJson } from '../../export/sanitize.ts';
import { worklistToHtml } from '../../export/worklist-html.ts';
import { WORKLIST_FORMATS } from '../../export/worklist-registry.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import type { NightlyReport } from './nightly-report.ts';
import { nightlyReportToText } from './nightly-report-text.ts';

/** Version of the shape of `changes.json` and `manifest.json`. */
const SCHEMA_VERSION = 1;
const NO_TERMINAL = { width: 80, colour: false };

/** A file of a night's report; its text is made when it is asked for. */
export interface NightlyFile {
  readonly name: string;
  readonly text: () => string;
}

/** A file as the manifest names it. */
export interface ListedFile {
  readonly name: string;
  /** Of its bytes in UTF-8, in lower-case hexadecimal. */
  readonly sha256: string;
}

/** The name of the file that comes last, and says that the others are whole. */
export const MANIFEST = 'manifest.json';

/** What a night's report is told in. The same report gives the same bytes; nothing says when it was made. */
export function nightlyFiles(report: NightlyReport): NightlyFile[] {
  const { worklist, changes } = report;
  return [
    { name: 'worklist.json', text: () => WORKLIST_FORMATS.json.write(worklist, NO_TERMINAL) },
    { name: 'worklist.csv', text: () => WORKLIST_FORMATS.csv.write(worklist, NO_TERMINAL) },
    { name: 'worklist.html', text: () => worklistToHtml(worklist, changes, 'lie later') },
    { name: 'changes.json', text: () => changesText(report) },
    { name: 'summary.txt', text: () => nightlyReportToText(report) },
  ];
}

function changesText(report: NightlyReport): string {
  const { clinic, asOf, since, missedNights, erased, unplanned, changes } = report;
  const document = {
    schemaVersion: SCHEMA_VERSION,
    clinic: clinic.code,
    asOf,
    since,
    missedNights,
    erased,
    unplanned: unplanned.map(({ episode, problems }) => ({ episode, problems })),
    changes,
  };
  return `${safeJson(document, 2)}\n`;
}

/** The digest of what was told: two runs that tell the same have the same. */
export function nightlyDigest(
  { sha256 }: Pick<SchedulerContext, 'sha256'>,
  files: readonly ListedFile[],
): string {
  return sha256(files.map(({ name, sha256: sum }) => `${sum}  ${name}\n`).join(''));
}

/**
 * What the files are and what they tell. It also holds the end of the audit log before the run: kept
 * outside the store, that proves that no end of the log was cut off.
 */
export function nightlyManifest(
  report: NightlyReport,
  { digest, files }: { readonly digest: string; readonly files: readonly ListedFile[] },
): string {
  const { clinic, asOf, since, missedNights, episodes, erased, unplanned, worklist } = report;
  const { seq, seal } = report.auditHead;
  const document = {
    schemaVersion: SCHEMA_VERSION,
    clinic: clinic.code,
    asOf,
    since,
    missedNights,
    episodes,
    unplanned: unplanned.length,
    erased,
    counts: worklist.counts,
    digest,
    files,
    auditHead: { seq, seal },
  };
  return `${safeJson(document, 2)}\n`;
}
