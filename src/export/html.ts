import { RULES } from '../domain/rule.ts';
import type {
  Because,
  Citation,
  JudgedExam,
  Plan,
  PlannedEscalation,
  PlannedVisit,
} from '../plan/plan.ts';
import type { Note } from '../plan/schedule.ts';
import { PAGE_STYLE } from './html-style.ts';
import { TIMELINE_PATTERNS, timeline } from './html-timeline.ts';
import { EMPTY, html, Markup } from './markup.ts';
import {
  actionInWords,
  anchorInWords,
  breastInWords,
  categoryInWords,
  escalationStatusInWords,
  isUnanswered,
  listInWords,
  modalitiesInWords,
  spaced,
  visitStatusInWords,
} from './plan-words.ts';

/**
 * A printable page of one episode: valid HTML without scripts or outside resources, readable in black
 * and white, on paper and at 320 px. Escalations first; the windows as bars and in a table; each line
 * with its rule, arithmetic and sources; every text escaped.
 */
export function toHtml(plan: Plan): string {
  const { episode } = plan;
  const title = `Imaging surveillance of episode ${episode.id}, as of ${plan.asOf}`;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(PAGE_STYLE)}</style>
</head>
<body>
${TIMELINE_PATTERNS}<header>
<h1>${title}</h1>
${facts(plan)}</header>
<main>
${escalations(plan)}${visits(plan)}${exams(plan)}${notes('Warnings', plan.warnings)}${notes('Assumed, because not recorded', plan.assumptions)}${rules(plan)}${sources(plan)}</main>
<footer>
<p>This page applies a protocol that a clinician must have approved. The software reads no images and decides
nothing: it counts dates from the recorded events. Check each line against its rule before acting on it.</p>
<p>Protocol ${plan.protocol.id} ${plan.protocol.version}, as of ${plan.asOf}.</p>
</footer>
</body>
</html>
`.text;
}

function facts(plan: Plan): Markup {
  const { episode, protocol, tierFactors, suspendedUntil, horizon } = plan;
  const rows: readonly (readonly [string, string])[] = [
    ...(episode.patientRef === undefined ? [] : [['Patient', episode.patientRef] as const]),
    ['Breast', breastInWords(plan)],
    ['Phase', spaced(plan.phase) + (suspendedUntil === null ? '' : ` until ${suspendedUntil}`)],
    [
      'Ablation',
      plan.ablationDate +
        (plan.course === 1 ? '' : ` (course ${plan.course}; first on ${episode.ablationDate})`),
    ],
    ['Category', categoryInWords(plan)],
    [
      'Risk tier',
      plan.tier + (tierFactors.length === 0 ? '' : `: ${tierFactors.map(spaced).join(', ')}`),
    ],
    ['Protocol', `${protocol.title} (${protocol.id} ${protocol.version})`],
    ...(horizon === null ? [] : [['Staged visits until', horizon] as const]),
  ];
  return html`<dl class="facts">
${rows.map(
  ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>
`,
)}</dl>
`;
}

function escalations(plan: Plan): Markup {
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

function escalation(item: PlannedEscalation, { asOf }: Plan): Markup {
  const { key, triggers, raisedOn, dueBy, conflict, because } = item;
  return html`<article class="escalation${isUnanswered(item) ? '' : ' answered'}">
<h3>${capitalised(actionInWords(item))} by ${dueBy}</h3>
<p><span class="state">${escalationStatusInWords(item, asOf)}</span>. ${key}, raised on ${raisedOn} by ${listInWords(triggers, 'and')}.</p>
${
  conflict
    ? html`<p><strong>A finding stands beside BI-RADS 1–3: to be confirmed by a radiologist.</strong></p>
`
    : EMPTY
}${becauseOf(because)}</article>
`;
}

function visits(plan: Plan): Markup {
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
<h3>${key}</h3>
${becauseOf(because)}</div>
`,
)}</section>
`;
}

function visitRow(visit: PlannedVisit, { asOf }: Plan): Markup {
  const { key, earliest, target, latest, booking, needsReview } = visit;
  const where = booking?.location === undefined ? '' : `, ${booking.location}`;
  return html`<tr><th scope="row">${key}</th><td class="date" data-label="Earliest">${earliest}</td><td class="date" data-label="Target"><strong>${target}</strong></td><td class="date" data-label="Latest">${latest}</td><td class="free" data-label="Status"><span class="state">${visitStatusInWords(visit, asOf)}</span>${booking === null ? EMPTY : html`<br>booked: ${booking.appointment}${where}`}</td><td data-label="Modality">${modalitiesInWords(visit)}${needsReview ? html`<br><strong>needs review</strong>` : EMPTY}</td></tr>
`;
}

function exams(plan: Plan): Markup {
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
${plan.exams.map(examRow)}</tbody>
</table>
</section>
`;
}

function examRow({
  id,
  date,
  modality,
  biRads,
  verdict,
  visit,
  lanes,
  reason,
}: JudgedExam): Markup {
  const filled = [...(visit === null ? [] : [visit]), ...lanes];
  return html`<tr><th scope="row">${id}</th><td class="date" data-label="Date">${date}</td><td data-label="Modality">${modality}</td><td data-label="Category">${biRads === null ? 'report awaited' : `BI-RADS ${biRads}`}</td><td data-label="Verdict"><span class="state">${spaced(verdict)}</span>${filled.length === 0 ? '' : ` for ${listInWords(filled, 'and')}`}</td><td class="free" data-label="Reason">${reason}</td></tr>
`;
}

/** The reasons of one line: arithmetic, rule, what it is counted from, what changed it, sources. */
function becauseOf(because: Because): Markup {
  const { arithmetic, rule, section, protocol, causedBy, citations } = because;
  return html`<div class="because">
${arithmetic.map(
  (sentence) => html`<p>${sentence}</p>
`,
)}<p>Because of rule <b>${rule}</b> (section ${section}), protocol ${protocol.id} ${protocol.version}; counted from ${anchorInWords(because)}${causedBy === null ? '' : `; last changed by event ${causedBy}`}.</p>
${
  citations.length === 0
    ? html`<p>No source is given for this rule.</p>
`
    : html`<p>Sources: ${citations.map(({ source, certainty }) => `${source} (certainty: ${spaced(certainty)})`).join('; ')}.</p>
`
}</div>
`;
}

function notes(title: string, items: readonly Note[]): Markup {
  if (items.length === 0) return EMPTY;
  return html`<section>
<h2>${title}</h2>
<ul>
${items.map(
  ({ message, event }) => html`<li>${message}${event === undefined ? '' : ` (${event})`}</li>
`,
)}</ul>
</section>
`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Why the protocol has the rules that the lines rest on; each rule once. */
function rules(plan: Plan): Markup {
  const used = new Map<string, Because>();
  for (const { because } of [...plan.escalations, ...plan.visits]) used.set(because.rule, because);
  return html`<section>
<h2>Rules of these lines</h2>
<dl>
${[...used.values()].map(
  ({ rule, section, reasons }) => html`<dt><b>${rule}</b> (section ${section})</dt>
<dd>${RULES[rule].says}${reasons.map((sentence) => html` ${sentence}`)}</dd>
`,
)}</dl>
</section>
`;
}

/** Each source that some line rests on, once, in full. */
function sources(plan: Plan): Markup {
  const cited = new Map<string, Citation>();
  for (const { because } of [...plan.escalations, ...plan.visits]) {
    for (const citation of because.citations) cited.set(citation.source, citation);
  }
  if (cited.size === 0) return EMPTY;
  return html`<section>
<h2>Sources</h2>
<dl>
${[...cited.values()].map(
  ({
    source,
    citation,
    certainty,
    doi,
    url,
    note,
  }) => html`<dt><b>${source}</b> (certainty: ${spaced(certainty)})</dt>
<dd>${[citation, ...(doi === undefined ? [] : [`doi:${doi}`]), ...(url === undefined ? [] : [url]), ...(note === undefined ? [] : [note])].map((line) => html`${line}<br>`)}</dd>
`,
)}</dl>
</section>
`;
}
