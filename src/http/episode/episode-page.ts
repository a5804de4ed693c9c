import { keysInWords, visitInWords } from '../../domain/visit-words.ts';
import { rules, sources } from '../../export/html-because.ts';
import { planFacts } from '../../export/html-facts.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { timelineFigure, timelineTable } from '../../export/timeline-figure.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Fields } from '../fields.ts';
import { fieldId } from '../page/form-fields.ts';
import { problemSummary } from '../page/problems.ts';
import { type AskedDay, otherDayForm, otherDayNotice } from './as-of.ts';
import type { EpisodeView } from './episode-view.ts';
import { answeredEscalations, openEscalations } from './escalation-section.ts';
import { examSection } from './exam-section.ts';
import { factsSection } from './facts-section.ts';
import { historySection } from './history-section.ts';
import { actLinks, actsOfVisit } from './line-acts.ts';
import { downloadLinks, pageLinks } from './page-links.ts';
import { nextVisits, visitTable } from './visit-section.ts';

/** The page of one episode: what is open first, then the course on one axis, then each line with why. */
export function episodeBody(view: EpisodeView, query: Fields, asked: AskedDay): Markup {
  const { id, plan, unplanned } = view.review;
  return html`<h1>Episode ${id}</h1>
${problemSummary(asked.problems, () => fieldId('asOf'))}${otherDayNotice(view)}${
  plan === null
    ? html`<div class="alarm"><h2>This episode cannot be planned</h2>
${unplanned.map(({ message, mend }) => html`<p>${message}${mend === undefined ? '' : `; ${mend}`}</p>`)}</div>
`
    : planFacts(plan)
}${pageLinks(view)}${plan === null ? EMPTY : planned(view, plan)}${factsSection(view)}${historySection(view)}${plan === null ? EMPTY : ground(plan)}${downloadLinks(view)}${otherDayForm(view, query, asked)}`;
}

function planned(view: EpisodeView, plan: Plan): Markup {
  const { codes } = view.review;
  const { zone } = view.call.clinic;
  const acts = (visit: Plan['visits'][number]) =>
    actLinks(view, visitInWords(visit.key), actsOfVisit(visit, plan.asOf));
  return html`${openEscalations(view, plan)}${nextVisits(plan)}${warnings(plan)}<section>
<h2>Timeline</h2>
${timelineFigure(plan, zone)}<details><summary>The timeline as a table</summary>
${timelineTable(plan, zone)}</details>
</section>
<section>
<h2>Visits</h2>
${visitTable(plan, { zone, codes, acts, anchor: true })}</section>
${examSection(view, plan)}${answeredEscalations(plan)}`;
}

/** What somebody should know before relying on a plan; nothing where there is nothing. */
export function warnings(plan: Plan): Markup {
  const { warnings: notes } = plan;
  if (notes.length === 0) return EMPTY;
  return html`<section class="panel">
<h2>Warnings</h2>
<ul>
${notes.map(
  ({
    message,
    event,
  }) => html`<li>${keysInWords(message, plan)}${event === undefined ? '' : ` (${event})`}</li>
`,
)}</ul>
</section>
`;
}

/** Each rule and each source of the lines once, in full. */
function ground(plan: Plan): Markup {
  return html`<details class="ground"><summary>All rules and sources of these lines</summary>
${rules(plan)}${sources(plan)}</details>
`;
}
