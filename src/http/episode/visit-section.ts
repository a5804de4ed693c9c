import { visitInWords } from '../../domain/visit-words.ts';
import { appointmentInWords } from '../../export/appointment-words.ts';
import { withDates } from '../../export/html-dates.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { modalitiesInWords, visitStatusInWords } from '../../export/plan-words.ts';
import type { Plan, PlannedVisit } from '../../plan/plan.ts';
import { whyThen } from './why-then.ts';

/** What a table of visits tells beside the plan. */
export interface VisitParts {
  /** The clinic's, for the hours of appointments. */
  readonly zone: string;
  /** The code under which calendars show a visit, by its key. */
  readonly codes?: ReadonlyMap<string, string> | undefined;
  /** True: each row can be led to. Once in a page. */
  readonly anchor?: boolean | undefined;
  /** What may be recorded about a visit. */
  readonly acts?: ((visit: PlannedVisit) => Markup) | undefined;
}

const OPEN: ReadonlySet<string> = new Set(['overdue', 'due', 'not-yet-due', 'on-hold']);

/** The visits that are open by now, else the next one, each with a way to its line; without one, nothing. */
export function nextVisits(plan: Plan): Markup {
  const open = plan.visits.filter(({ status }) => OPEN.has(status));
  const now = open.filter(({ status }) => status !== 'not-yet-due');
  const told = now.length > 0 ? now : open.slice(0, 1);
  // What a held course comes to is not known: a routine visit years ahead is not what comes next.
  if (told.length === 0 || (now.length === 0 && plan.phase === 'escalated')) return EMPTY;
  return html`<section>
<h2>Next</h2>
<ul>
${told.map((visit) => {
  const { key, earliest, latest } = visit;
  return html`<li><a href="#${rowId(key)}">${visitInWords(key)}</a>, ${modalitiesInWords(visit)}: <span class="state">${visitStatusInWords(visit, plan.asOf)}</span>; ${withDates(`${earliest} to ${latest}`)}</li>
`;
})}</ul>
</section>
`;
}

function rowId(key: string): string {
  return `visit-${key.replace(/[^A-Za-z0-9]+/g, '-')}`;
}

const COLUMNS = ['Visit', 'Window', 'Status', 'Modality', 'Arranged'];

/** The visits with their windows; below each why it lies there, and what can be recorded about it. */
export function visitTable(plan: Plan, parts: VisitParts): Markup {
  if (plan.visits.length === 0) {
    return html`<p>No visit is planned.</p>
`;
  }
  return html`<table class="stacks">
<caption>As of ${plan.asOf}; the earliest and the latest day are inside of a window</caption>
<thead><tr>${COLUMNS.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>
${plan.visits.map((visit) => visitRow(visit, plan, parts))}</tbody>
</table>
`;
}

function visitRow(
  visit: PlannedVisit,
  plan: Plan,
  { zone, codes, acts, anchor }: VisitParts,
): Markup {
  const { key, earliest, target, latest, status, needsReview, because } = visit;
  const code = codes?.get(key);
  const date = (text: string) => html`<span class="date">${text}</span>`;
  return html`<tr${anchor === true ? html` id="${rowId(key)}"` : EMPTY} class="lined${status === 'overdue' ? ' late' : ''}"><th scope="row" class="free">${visitInWords(key)}${code === undefined ? EMPTY : html`<br><span class="dim">code ${code}</span>`}</th><td data-label="Window">${date(earliest)} to ${date(latest)}<br>target <strong class="date">${target}</strong></td><td class="free" data-label="Status"><span class="state">${visitStatusInWords(visit, plan.asOf)}</span></td><td data-label="Modality">${modalitiesInWords(visit)}${needsReview ? html`<br><strong>needs review</strong>` : EMPTY}</td><td class="free" data-label="Arranged">${arranged(visit, zone)}</td></tr>
<tr class="more"><td colspan="${COLUMNS.length}">${acts?.(visit) ?? EMPTY}${whyThen(visitInWords(key), because, plan)}</td></tr>
`;
}

function arranged({ booking, deferral }: PlannedVisit, zone: string): Markup {
  const where = booking?.location === undefined ? '' : `, ${booking.location}`;
  const told = [
    ...(booking === null
      ? []
      : [`booked: ${appointmentInWords(booking.appointment, zone)}${where}`]),
    ...(deferral === null ? [] : [`deferred until ${deferral.until}`]),
  ];
  return told.length === 0 ? html`<span class="dim">nothing</span>` : withDates(told.join('; '));
}
