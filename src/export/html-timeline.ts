import { visitInWords } from '../domain/visit-words.ts';
import type { Plan, PlannedVisit } from '../plan/plan.ts';
import { html, type Markup } from './markup.ts';
import { daysBetween, visitStatusInWords } from './plan-words.ts';

/** Units of the drawing's width. It is stretched to the page, so nothing in it is text. */
const UNITS = 1000;
/** Narrower bars would vanish on a small screen. */
const NARROWEST_BAR = 8;
const MOST_YEAR_LABELS = 6;
/** Share of the axis after which a label would leave a small screen. */
const LAST_LABEL = 0.85;

interface Axis {
  readonly from: string;
  readonly days: number;
}

/**
 * The windows as bars on one time axis, from the course's ablation to the last window; each beside
 * its three dates in text. In a bar the heavy line is the target; the dashed line is the as-of day.
 * Status is told by words and by pattern, never by colour alone.
 */
export function timeline(plan: Plan, visits: readonly PlannedVisit[]): Markup {
  const axis = axisOf(plan, visits);
  return html`<figure class="timeline">
<figcaption>From the ablation on ${plan.ablationDate} to ${endOf(plan, visits)}. A bar is a window, its
heavy line the target; the dashed line is ${plan.asOf}. Hatched: forecast or on hold. Hollow: done or
declined.</figcaption>
<div class="row axis" aria-hidden="true"><span></span><div class="years">${yearLabels(axis)}</div></div>
${visits.map((visit) => timelineRow(plan, visit, axis))}
</figure>
`;
}

function timelineRow(plan: Plan, visit: PlannedVisit, axis: Axis): Markup {
  const { key, earliest, target, latest } = visit;
  const width = Math.max(NARROWEST_BAR, position(axis, latest) - position(axis, earliest));
  const start = Math.min(position(axis, earliest), UNITS - width);
  const mark = Math.min(position(axis, target), start + width - 2);
  const today = position(axis, plan.asOf);
  const label = `${visitInWords(key)}: ${earliest} to ${latest}, target ${target}, ${visitStatusInWords(visit, plan.asOf)}`;
  return html`<div class="row"><span class="dates"><b>${visitInWords(key)}</b> <span class="window">${earliest} / <b>${target}</b> / ${latest}</span></span>
<svg viewBox="0 0 ${UNITS} 24" preserveAspectRatio="none" role="img" aria-label="${label}"><line class="base" x1="0" y1="12" x2="${UNITS}" y2="12"/><line class="today" x1="${today}" y1="0" x2="${today}" y2="24"/><rect class="${lookOf(visit)}" x="${start}" y="4" width="${width}" height="16"/><line class="target" x1="${mark}" y1="1" x2="${mark}" y2="23"/></svg></div>
`;
}

/** The hatching that the bars of forecast and held visits are filled with. */
export const TIMELINE_PATTERNS = html`<svg width="0" height="0" aria-hidden="true"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="#fff"/><path d="M0 6 6 0" stroke="#000" stroke-width="1.2"/></pattern></defs></svg>
`;

function lookOf({ status }: PlannedVisit): string {
  if (status === 'forecast' || status === 'on-hold') return 'hatched';
  return status === 'not-yet-due' || status === 'due' || status === 'overdue' ? 'solid' : 'hollow';
}

/** The last day of the last window. */
function endOf(plan: Plan, visits: readonly PlannedVisit[]): string {
  const days = visits.map(({ latest }) => latest).sort();
  return days.at(-1) ?? plan.ablationDate;
}

function axisOf(plan: Plan, visits: readonly PlannedVisit[]): Axis {
  return {
    from: plan.ablationDate,
    days: Math.max(1, daysBetween(plan.ablationDate, endOf(plan, visits))),
  };
}

/** Units from the left edge, kept inside the drawing. */
function position(axis: Axis, date: string): number {
  const share = daysBetween(axis.from, date) / axis.days;
  return Math.round(Math.min(1, Math.max(0, share)) * UNITS);
}

function yearLabels(axis: Axis): Markup[] {
  const first = Number(axis.from.slice(0, 4)) + 1;
  const count = Math.floor(axis.days / 365.25) + 1;
  const step = Math.ceil(count / MOST_YEAR_LABELS);
  const labels: Markup[] = [];
  for (let year = first; year < first + count; year += step) {
    const at = daysBetween(axis.from, `${String(year).padStart(4, '0')}-01-01`) / axis.days;
    if (at > LAST_LABEL) break;
    labels.push(html`<span style="left:${(at * 100).toFixed(1)}%">${year}</span>`);
  }
  return labels;
}
