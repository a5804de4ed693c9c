import { counted } from '../../domain/counted.ts';
import { cleanLine } from '../../export/sanitize.ts';
import { causeInWords, daysInWords } from '../../export/worklist-words.ts';
import { BUCKET_NAMES, BUCKETS } from '../../plan/worklist-buckets.ts';
import type { RowChange, WorklistDiff } from '../../plan/worklist-diff.ts';
import type { NightlyReport } from './nightly-report.ts';

/** So many changes of a kind are named; the rest is counted, and stands in changes.json. */
const NAMED = 40;

/**
 * A night's report as a short text: what there is to do, and what changed. It names episodes and items
 * by their ids, and holds no patient's reference and nothing that somebody wrote.
 */
export function nightlyReportToText(report: NightlyReport): string {
  const { clinic, asOf, episodes, worklist } = report;
  const { counts, rows, leftOut } = worklist;
  return [
    `Nightly list of clinic ${clinic.code} as of ${asOf}`,
    `${counted(episodes, 'episode')}, ${counted(rows.length, 'open item')}, ${leftOut} more that lie later`,
    '',
    ...BUCKET_NAMES.filter((bucket) => bucket !== 'later').map(
      (bucket) => `${String(counts[bucket]).padStart(6)}  ${BUCKETS[bucket].title}`,
    ),
    '',
    ...changeLines(report),
    ...unplannedLines(report),
    '',
  ].join('\n');
}

function changeLines({ since, missedNights, changes, erased }: NightlyReport): string[] {
  if (since === null || changes === null) {
    return ['The first run: there is no earlier list to compare with.'];
  }
  const missed =
    missedNights === 0 ? '' : `; ${counted(missedNights, 'night')} had no run, all is told here`;
  return [
    `Changes since ${since}${missed}`,
    ...kindsOf(changes).flatMap(([title, list]) => kindLines(title, list)),
    ...(erased === 0 ? [] : [`${String(erased).padStart(6)}  Episodes erased`]),
  ];
}

function kindsOf(changes: WorklistDiff): readonly (readonly [string, readonly RowChange[]])[] {
  return [
    ['Became overdue', changes.becameOverdue],
    ['New', changes.appeared],
    ['Moved', changes.moved],
    ['In another bucket', changes.changed],
    ['Resolved', changes.resolved],
  ];
}

function kindLines(title: string, list: readonly RowChange[]): string[] {
  return [
    `${String(list.length).padStart(6)}  ${title}`,
    ...list.slice(0, NAMED).map((change) => `        ${changeLine(change)}`),
    ...(list.length <= NAMED ? [] : [`        and ${list.length - NAMED} more: changes.json`]),
  ];
}

function changeLine({ before, after, cause }: RowChange): string {
  const row = after ?? before;
  if (row === null) return causeInWords(cause);
  const days = after === null ? '' : daysInWords(after);
  const words = [row.episode, row.item, after?.bucket, days, causeInWords(cause)];
  return cleanLine(words.filter((word) => word !== undefined && word !== '').join(', '));
}

function unplannedLines({ unplanned }: NightlyReport): string[] {
  if (unplanned.length === 0) return [];
  return [
    '',
    `${counted(unplanned.length, 'episode')} could NOT be planned, and nothing of them is on this list:`,
    ...unplanned
      .slice(0, NAMED)
      .map(
        ({ episode, problems }) => `        ${cleanLine(episode)}: ${problems[0]?.message ?? ''}`,
      ),
    ...(unplanned.length <= NAMED
      ? []
      : [`        and ${unplanned.length - NAMED} more: changes.json`]),
  ];
}
