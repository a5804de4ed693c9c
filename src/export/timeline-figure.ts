import type { Plan } from '../plan/plan.ts';
import { EMPTY, html, type Markup } from './markup.ts';
import { capText, cleanLine } from './sanitize.ts';
import { axisOf, placeOf, type TimelineAxis, yearsOf } from './timeline-axis.ts';
import { itemInWords, type TimelineItem, timelineItems } from './timeline-items.ts';
import { HATCH_ID, LEGEND, markAt } from './timeline-marks.ts';

/** Characters of a line beside the drawing; longer ones are told in full in the table. */
const LINE = 46;
const NAME = 34;
/** Behind this share of the axis there is no room for the number of a year. Per cent. */
const LAST_YEAR = 89;
/** The first line's foot, and from one to the next. Pixels. */
const [FIRST_FOOT, NEXT_FOOT] = [14, 15];
/** Height of the years above, and what a row has beside its lines of text; in lines of text. */
const [HEAD, GAP] = [1.4, 0.7];

/**
 * The whole course on one axis of time: ablations, windows with target, exams with verdicts, escalations
 * with deadline, appointments, the day, the end of staged visits. Every thing has a row with its own words,
 * so that nothing is told by colour, and it needs no legend to be read aloud. The style of the pages
 * puts the words beside the axis, or above it where there is little room.
 */
export function timelineFigure(plan: Plan): Markup {
  const items = timelineItems(plan);
  const axis = axisOf(items);
  const rows = rowsOf(items);
  const height = HEAD + rows.reduce((sum, row) => sum + row.height, 0);
  return html`<figure class="axis">
<svg role="img" aria-labelledby="timeline-title" aria-describedby="timeline-words" width="100%" height="${height.toFixed(1)}em">
<title id="timeline-title">Timeline of episode ${plan.episode.id}, as of ${plan.asOf}</title>
<desc id="timeline-words">${items.map((item) => `${itemInWords(item)}. `).join('')}</desc>
<defs><pattern id="${HATCH_ID}" width="6" height="6" patternUnits="userSpaceOnUse"><path class="hatch" d="M0 6 6 0"/></pattern></defs>
${grid(plan, axis)}${rows.map((row) => rowOf(row, axis))}</svg>
<figcaption><ul class="legend">
${LEGEND.map(
  ({ shape, says }) =>
    html`<li><svg width="36" height="24" viewBox="-18 -12 36 24" aria-hidden="true" focusable="false">${shape}</svg> ${says}</li>
`,
)}</ul></figcaption>
</figure>
`;
}

/** The same as the figure in a table, in the same order. */
export function timelineTable(plan: Plan): Markup {
  return html`<table class="stacks">
<thead><tr><th scope="col">Day</th><th scope="col">What</th><th scope="col">State</th><th scope="col">Days and exams</th></tr></thead>
<tbody>
${timelineItems(plan).map(
  ({ day, name, state, lines, urgent }) =>
    html`<tr${urgent ? html` class="late"` : EMPTY}><td class="date" data-label="Day">${day}</td><th scope="row" class="free">${name}</th><td class="free" data-label="State"><span class="state">${state}</span></td><td class="free" data-label="Days and exams">${lines.join('; ')}</td></tr>
`,
)}</tbody>
</table>
`;
}

interface Row {
  readonly item: TimelineItem;
  readonly texts: readonly string[];
  /** Lines of text from the top of the drawing, and how many it takes. */
  readonly top: number;
  readonly height: number;
}

function rowsOf(items: readonly TimelineItem[]): Row[] {
  let top = HEAD;
  return items.map((item) => {
    const texts = item.lines.map((line) => capText(cleanLine(line), LINE));
    const row = { item, texts, top, height: 1 + texts.length + GAP };
    top += row.height;
    return row;
  });
}

/** The years, the day of the page and the end of staged visits, behind all rows. */
function grid({ asOf, horizon }: Plan, axis: TimelineAxis): Markup {
  const upright = (name: string, at: number) =>
    html`<line class="${name}" x1="${at}%" x2="${at}%" y1="${name === 'year' ? '0' : HEAD}em" y2="100%"/>`;
  return html`<g>${yearsOf(axis).map(
    ({ year, at }) =>
      html`${upright('year', at)}${at > LAST_YEAR ? EMPTY : html`<text x="${at}%" dx="4" y="12">${year}</text>`}`,
  )}${upright('today', placeOf(axis, asOf))}${horizon === null ? EMPTY : upright('horizon', placeOf(axis, horizon))}</g>
`;
}

function rowOf({ item, texts, top, height }: Row, axis: TimelineAxis): Markup {
  const { name, state, marks, urgent } = item;
  const rest = Math.max(0, LINE - Math.min(NAME, name.length));
  const label = (text: Markup, line: number) =>
    html`<text class="label" y="${FIRST_FOOT + line * NEXT_FOOT}">${text}</text>`;
  const head = html`<tspan class="key">${capText(cleanLine(name), NAME)}</tspan> ${capText(cleanLine(state), rest)}`;
  return html`<svg class="row lines-${Math.min(4, 1 + texts.length)}${urgent ? ' late' : ''}" y="${top.toFixed(1)}em" height="${height.toFixed(1)}em"><line class="rule" x1="0" x2="100%" y1="0" y2="0"/><g class="marks">${marks.map((mark) => markAt(axis, mark))}</g>${label(head, 0)}${texts.map((line, index) => label(html`${line}`, index + 1))}</svg>
`;
}
