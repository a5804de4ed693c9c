import { listInWords } from '../../domain/list-in-words.ts';
import { keysInWords, visitInWords } from '../../domain/visit-words.ts';
import { withDates } from '../../export/html-dates.ts';
import { html, type Markup } from '../../export/markup.ts';
import { spaced } from '../../export/plan-words.ts';
import type { JudgedExam, Plan } from '../../plan/plan.ts';
import type { EpisodeView } from './episode-view.ts';
import { actLinks, actsOfExam } from './line-acts.ts';
import { whyVerdict } from './why-then.ts';

const COLUMNS = ['Exam', 'Date', 'Modality', 'Category', 'Verdict', 'Reason'];

/** Every exam: did it count, and why. */
export function examSection(view: EpisodeView, plan: Plan): Markup {
  const rows = plan.exams.map((exam) => examRow(exam, plan, view));
  return html`<section>
<h2>Exams</h2>
${
  rows.length === 0
    ? html`<p>No exam is recorded.</p>
`
    : html`<table class="stacks">
<caption>Every recorded exam, and whether it counted</caption>
<thead><tr>${COLUMNS.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>
${rows}</tbody>
</table>
`
}</section>
`;
}

function examRow(exam: JudgedExam, plan: Plan, view: EpisodeView): Markup {
  const { id, date, modality, biRads, verdict, visit, lanes, reason } = exam;
  const filled = visit === null ? lanes : [visit, ...lanes];
  const acts = actLinks(view, `${modality} on ${date}, ${id}`, actsOfExam(id));
  return html`<tr class="lined"><th scope="row" class="free">${id}</th><td class="date" data-label="Date">${date}</td><td data-label="Modality">${modality}</td><td data-label="Category">${biRads === null ? 'report awaited' : `BI-RADS ${biRads}`}</td><td class="free" data-label="Verdict"><span class="verdict">${spaced(verdict)}</span>${filled.length === 0 ? '' : ` for ${listInWords(filled.map(visitInWords), 'and')}`}</td><td class="free" data-label="Reason">${withDates(keysInWords(reason, plan))}</td></tr>
<tr class="more no-print"><td colspan="${COLUMNS.length}">${acts}${whyVerdict(plan, id, view.review.verdicts)}</td></tr>
`;
}
