import { counted } from '../domain/counted.ts';
import { BUCKET_NAMES, BUCKETS, type Bucket } from '../plan/worklist-buckets.ts';
import type { RowChange, WorklistDiff } from '../plan/worklist-diff.ts';
import type { Worklist, WorklistRow } from '../plan/worklist-row.ts';
import { PAGE_STYLE } from './html-style.ts';
import { EMPTY, html, Markup } from './markup.ts';
import {
  arrangementsInWords,
  causeInWords,
  itemInWords,
  latenessInWords,
  rowRuleInWords,
  stepInWords,
  taskInWords,
  withDays,
} from './worklist-words.ts';

const WORKLIST_STYLE = `
.whole { display: inline-block; max-width: 100%; }
.late { border-left: 10px solid #000; }
@media (min-width: 45rem) {
  table { table-layout: fixed; }
  th:nth-child(1) { width: 15%; }
  th:nth-child(2), th:nth-child(6) { width: 18%; }
  th:nth-child(3) { width: 15%; }
  th:nth-child(4) { width: 10%; }
  tbody th { white-space: normal; overflow-wrap: anywhere; }
}
@media print { @page { size: A4 landscape; } }
`;

/**
 * A printable page of a worklist: valid HTML without scripts or outside resources, readable in black
 * and white, on paper and at 320 px. The counts, then each bucket that is not empty with its definition;
 * with `changes` at the end what is different since the list before. `whyLeftOut` ends the sentence on
 * the rows that are not listed. Every text is escaped.
 */
export function worklistToHtml(
  worklist: Worklist,
  changes: WorklistDiff | null = null,
  whyLeftOut = 'are left out by the filter',
): string {
  const { asOf, counts, rows, leftOut } = worklist;
  const title = `Worklist as of ${asOf}`;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(PAGE_STYLE + WORKLIST_STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>${counted(rows.length, 'open item')}${leftOut === 0 ? '' : `; ${leftOut} more ${whyLeftOut}`}.</p>
<dl class="facts">
${BUCKET_NAMES.map(
  (
    bucket,
  ) => html`<dt>${BUCKETS[bucket].title}</dt><dd>${counts[bucket]}${counts[bucket] === 0 && leftOut > 0 ? ' on this list' : ''}</dd>
`,
)}</dl>
</header>
<main>
${BUCKET_NAMES.map((bucket) => bucketSection(bucket, worklist))}${changes === null ? EMPTY : changeSection(changes)}</main>
<footer>
<p>This list applies protocols that a clinician must have approved. The software reads no images and decides
nothing: it counts dates from the recorded events. Check each line against its rule before acting on it.</p>
</footer>
</body>
</html>
`.text;
}

function bucketSection(bucket: Bucket, { rows, soonDays }: Worklist): Markup {
  const listed = rows.filter((row) => row.bucket === bucket);
  if (listed.length === 0) return EMPTY;
  const { title, says } = BUCKETS[bucket];
  return html`<section>
<h2>${title} (${listed.length})</h2>
<table>
<caption>${withDays(says, soonDays)}</caption>
<thead><tr><th scope="col">Episode</th><th scope="col">To do</th><th scope="col">Days</th><th scope="col">Late or left</th><th scope="col">Why</th><th scope="col">Arranged</th></tr></thead>
<tbody>
${listed.map(rowMarkup)}</tbody>
</table>
</section>
`;
}

function rowMarkup(row: WorklistRow): Markup {
  const { episode, patientRef, side, clinic, tier, code, needsReview, daysLate } = row;
  const arranged = arrangementsInWords(row);
  const patient = patientRef === null ? EMPTY : html`<br>patient ${whole(patientRef)}`;
  return html`<tr${daysLate !== null && daysLate > 0 ? html` class="late"` : EMPTY}><th scope="row">${whole(episode)}${patient}<br>${side ?? 'side not recorded'}, ${clinic}</th><td class="free" data-label="To do"><strong>${taskInWords(row)}</strong>${needsReview ? html`<br><strong>needs review</strong>` : EMPTY}<br>${itemInWords(row)}${code === null ? '' : `, code ${code}`}<br>tier ${tier}</td><td data-label="Days">${daysMarkup(row)}</td><td data-label="Late or left"><span class="state">${latenessInWords(row) || 'no deadline'}</span></td><td class="free" data-label="Why">${wholeDates(row.reason)}<br>${rowRuleInWords(row)}</td><td class="free" data-label="Arranged">${arranged.length === 0 ? 'nothing' : arranged.map((text) => html`${wholeDates(text)}<br>`)}</td></tr>
`;
}

/** A reference that is broken only where it is wider than its column. */
function whole(text: string): Markup {
  return html`<span class="whole">${text}</span>`;
}

/** A text whose dates are not broken at their hyphens. */
function wholeDates(text: string): readonly Markup[] {
  return text
    .split(/(\d{4}-\d{2}-\d{2})/)
    .map((part, index) =>
      index % 2 === 1 ? html`<span class="window">${part}</span>` : html`${part}`,
    );
}

/** Dates that are not broken at their hyphens. */
function daysMarkup({ window, deadline }: WorklistRow): Markup {
  const date = (text: string) => html`<span class="window">${text}</span>`;
  if (window === null) return deadline === null ? html`no date` : html`by ${date(deadline)}`;
  const { earliest, target, latest } = window;
  return html`${date(earliest)} to ${date(latest)}<br>target ${date(target)}`;
}

function changeSection(diff: WorklistDiff): Markup {
  const { asOf, becameOverdue, appeared, moved, changed, resolved } = diff;
  const lists: readonly (readonly [string, readonly RowChange[]])[] = [
    ['Became overdue', becameOverdue],
    ['New', appeared],
    ['Moved', moved],
    ['In another bucket', changed],
    ['Resolved', resolved],
  ];
  return html`<section>
<h2>Changes since ${asOf.from}</h2>
${lists.map(([title, changes]) => changeList(title, changes))}</section>
`;
}

function changeList(title: string, changes: readonly RowChange[]): Markup {
  if (changes.length === 0)
    return html`<p>${title}: none.</p>
`;
  return html`<h3>${title} (${changes.length})</h3>
<ul>
${changes.map(changeMarkup)}</ul>
`;
}

function changeMarkup(change: RowChange): Markup {
  const row = change.after ?? change.before;
  if (row === null) return EMPTY;
  return html`<li>${row.episode} (${row.clinic}), ${itemInWords(row)}: ${stepInWords(change)} ${causeInWords(change.cause)}</li>
`;
}
