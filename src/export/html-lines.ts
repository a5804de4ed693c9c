import { capitalised } from '../domain/capitalised.ts';
import { escalationInWords } from '../domain/escalation-words.ts';
import { listInWords } from '../domain/list-in-words.ts';
import { keysInWords, visitInWords } from '../domain/visit-words.ts';
import type { JudgedExam, Plan, PlannedEscalation, PlannedVisit } from '../plan/plan.ts';
import { appointmentInWords } from './appointment-words.ts';
import { becauseOf } from './html-because.ts';
import { timeline } from './html-timeline.ts';
import { EMPTY, html, type Markup } from './markup.ts';
import {
  escalationStatusInWords,
  isUnanswered,
  modalitiesInWords,
  spaced,
  visitStatusInWords,
} from './plan-words.ts';

/** The escalations, unanswered ones first. */
export function escalations(plan: Plan): Markup {
  const waiting = plan.escalations.filter(isUnanswered);
  const answered = plan.escalations.filter((escalation) => !isUnanswered(escalation));
  return html`<section>
<h2>Escalations</h2>
${
  waiting.length === 0
    ? html`<p>No escalation is open.</p>
`
    : EMPTY
}${waiting.map((item) => escalation(item, plan))}${answered.map((item) => escalation(item, plan))}</section>
`;
}

function escalation(item: PlannedEscalation, plan: Plan): Markup {
  const { conflict, because } = item;
  return html`<article class="escalation${isUnanswered(item) ? '' : ' answered'}">
<h3>${capitalised(escalationInWords(item, plan))}</h3>
<p><span class="state">${escalationStatusInWords(item, plan.asOf)}</span>.</p>
${
  conflict
    ? html`<p><strong>A finding stands beside BI-RADS 1–3: to be confirmed by a radiologist.</strong></p>
`
    : EMPTY
}${becauseOf(because, plan)}</article>
`;
}

/** The visits: their windows drawn, the same in a table, and why they are so. */
export function visits(plan: Plan): Markup {
  if (plan.visits.length === 0) {
    return html`<section>
<h2>Visits</h2>
<p>No visit is planned.</p>
</section>
`;
  }
  return html`<section>
<h2>Visits</h2>
${timeline(plan, plan.visits)}<table>
<caption>Windows: earliest and latest day are inside</caption>
<thead><tr><th scope="col">Visit</th><th scope="col">Earliest</th><th scope="col">Target</th><th scope="col">Latest</th><th scope="col">Status</th><th scope="col">Modality</th></tr></thead>
<tbody>
${plan.visits.map((visit) => visitRow(visit, plan))}</tbody>
</table>
</section>
<section>
<h2>Why these dates</h2>
${plan.visits.map(
  ({ key, because }) => html`<div class="line">
<h3>${visitInWords(key)}</h3>
${becauseOf(because, plan)}</div>
`,
)}</section>
`;
}

function visitRow(visit: PlannedVisit, { asOf }: Plan): Markup {
  const { key, earliest, target, latest, booking, needsReview } = visit;
  const where = booking?.location === undefined ? '' : `, ${booking.location}`;
  return html`<tr><th scope="row">${visitInWords(key)}</th><td class="date" data-label="Earliest">${earliest}</td><td class="date" data-label="Target"><strong>${target}</strong></td><td class="date" data-label="Latest">${latest}</td><td class="free" data-label="Status"><span class="state">${visitStatusInWords(visit, asOf)}</span>${booking === null ? EMPTY : html`<br>booked: ${appointmentInWords(booking.appointment)}${where}`}</td><td data-label="Modality">${modalitiesInWords(visit)}${needsReview ? html`<br><strong>needs review</strong>` : EMPTY}</td></tr>
`;
}

/** The exams, each with its verdict. */
export function exams(plan: Plan): Markup {
  if (plan.exams.length === 0) {
    return html`<section>
<h2>Exams</h2>
<p>No exam is recorded.</p>
</section>
`;
  }
  return html`<section>
<h2>Exams</h2>
<table>
<caption>Every recorded exam, and whether it counted</caption>
<thead><tr><th scope="col">Exam</th><th scope="col">Date</th><th scope="col">Modality</th><th scope="col">Category</th><th scope="col">Verdict</th><th scope="col">Reason</th></tr></thead>
<tbody>
${plan.exams.map((exam) => examRow(exam, plan))}</tbody>
</table>
</section>
`;
}

function examRow(exam: JudgedExam, plan: Plan): Markup {
  const { id, date, modality, biRads, verdict, visit, lanes, reason } = exam;
  const filled = [...(visit === null ? [] : [visit]), ...lanes];
  return html`<tr><th scope="row">${id}</th><td class="date" data-label="Date">${date}</td><td data-label="Modality">${modality}</td><td data-label="Category">${biRads === null ? 'report awaited' : `BI-RADS ${biRads}`}</td><td data-label="Verdict"><span class="state">${spaced(verdict)}</span>${filled.length === 0 ? '' : ` for ${listInWords(filled.map(visitInWords), 'and')}`}</td><td class="free" data-label="Reason">${keysInWords(reason, plan)}</td></tr>
`;
}
