import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { modalitiesInWords, visitStatusInWords } from '../../export/plan-words.ts';
import { visitInWords } from '../../export/visit-words.ts';
import type { Plan, PlannedVisit } from '../../plan/plan.ts';
import { whyThen } from './why-then.ts';

/** What a table of visits tells beside the plan. */
export interface VisitParts {
  /** The code under which calendars show a visit, by its key. */
  readonly codes?: ReadonlyMap<string, string> | undefined;
  /** What may be recorded about a visit. */
  readonly acts?: ((visit: PlannedVisit) => Markup) | undefined;
}

const COLUMNS = ['Visit', 'Window', 'Status', 'Modality', 'Arranged'];

/** The visits with their windows; below each why it lies there, and what can be recorded about it. */
export function visitTable(plan: Plan, parts: VisitParts = {}): Markup {
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

function visitRow(visit: PlannedVisit, plan: Plan, { codes, acts }: VisitParts): Markup {
  const { key, earliest, target, latest, status, needsReview, because } = visit;
  const code = codes?.get(key);
  const date = (text: string) => html`<span class="date">${text}</span>`;
  return html`<tr class="lined${status === 'overdue' ? ' late' : ''}"><th scope="row" class="free">${visitInWords(key)}<br><span class="dim">${key}${code === undefined ? '' : `, code ${code}`}</span></th><td data-label="Window">${date(earliest)} to ${date(latest)}<br>target <strong class="date">${target}</strong></td><td class="free" data-label="Status"><span class="state">${visitStatusInWords(visit, plan.asOf)}</span></td><td data-label="Modality">${modalitiesInWords(visit)}${needsReview ? html`<br><strong>needs review</strong>` : EMPTY}</td><td class="free" data-label="Arranged">${arranged(visit)}</td></tr>
<tr class="more"><td colspan="${COLUMNS.length}">${acts?.(visit) ?? EMPTY}${whyThen(key, because)}</td></tr>
`;
}

function arranged({ booking, deferral }: PlannedVisit): Markup {
  const where = booking?.location === undefined ? '' : `, ${booking.location}`;
  const told = [
    ...(booking === null ? [] : [`booked: ${booking.appointment}${where}`]),
    ...(deferral === null ? [] : [`deferred until ${deferral.until} (${deferral.event})`]),
  ];
  return told.length === 0 ? html`<span class="dim">nothing</span>` : html`${told.join('; ')}`;
}
