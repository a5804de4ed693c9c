import type { Plan } from '../plan/plan.ts';
import { EMPTY, html, type Markup } from './markup.ts';
import { capText, cleanLine } from './sanitize.ts';
import { axisOf, placeOf, type TimelineAxis, yearsOf } from './timeline-axis.ts';
import { itemInWords, type TimelineItem, timelineItems } from './timeline-items.ts';
import { HATCH_ID, LEGEND, markAt } from './timeline-marks.ts';

/** Characters of a line beside the drawing; longer ones are told in full in the table. */
const LINE = 46;
/** As many of a name and a state stand in one line; names are bold. */
const NAME_AND_STATE = 40;
/** Behind this share of the axis there is no room for the number of a year. Per cent. */
const LAST_YEAR = 89;
/** The first line's foot, and from one to the next. Pixels. */
const [FIRST_FOOT, NEXT_FOOT] = [14, 15];
/** Height of the years above, and what a row has beside its lines of text; in lines of text. */
const [HEAD, GAP] = [1.4, 0.7];
/** Lines of text of one part: it fits on a sheet of paper, also on its side or below something else. */
const MOST_LINES = 42;
/** The style has a place for the marks of a row with up to so many lines of text. */
const MOST_ROW_LINES = 6;

/**
 * The whole course on one axis of time: ablations, windows with target, exams with verdicts, escalations
 * with deadline, appointments, the day, the end of staged visits. Every thing has a row with its own words,
 * so that nothing is told by colour, and it needs no legend to be read aloud. The style of the pages
 * puts the words beside the axis, or above it where there is little room. A long course is drawn in
 * parts, each with the years above it: paper does not cut through any.
 */
export function timelineFigure(plan: Plan, home?: string): Markup {
  const items = timelineItems(plan, home);
  const axis = axisOf(items);
  const parts = partsOf(items.map(rowOf));
  return html`<figure class="axis">
${parts.map((rows, index) => partMarkup(plan, axis, { rows, index, of: parts.length }))}<figcaption><ul class="legend">
${LEGEND.map(
  ({ shape, says }) =>
    html`<li><svg width="36" height="24" viewBox="-18 -12 36 24" aria-hidden="true" focusable="false">${shape}</svg> ${says}</li>
`,
)}</ul></figcaption>
</figure>
`;
}

/** The same as the figure in a table, in the same order. */
export function timelineTable(plan: Plan, home?: string): Markup {
  return html`<table class="stacks">
<thead><tr><th scope="col">Day</th><th scope="col">What</th><th scope="col">State</th><th scope="col">Days and exams</th></tr></thead>
<tbody>
${timelineItems(plan, home).map(
  ({ day, name, state, lines, urgent }) =>
    html`<tr${urgent ? html` class="late"` : EMPTY}><td class="date" data-label="Day">${day}</td><th scope="row" class="free">${name}</th><td class="free" data-label="State"><span class="state">${state}</span></td><td class="free" data-label="Days and exams">${lines.join('; ')}</td></tr>
`,
)}</tbody>
</table>
`;
}

interface Row {
  readonly item: TimelineItem;
  /** The name, with the state behind it where there is room; then the other lines. */
  readonly texts: readonly Markup[];
  /** In lines of text. */
  readonly height: number;
}

function rowOf(item: TimelineItem): Row {
  const line = (text: string, most: number) => capText(cleanLine(text), most);
  const name = html`<tspan class="key">${line(item.name, NAME_AND_STATE)}</tspan>`;
  const { state } = item;
  const isShort = item.name.length + 1 + state.length <= NAME_AND_STATE;
  const head =
    state === ''
      ? [name]
      : isShort
        ? [html`${name} ${line(state, LINE)}`]
        : [name, html`${line(state, LINE)}`];
  const texts = [...head, ...item.lines.map((text) => html`${line(text, LINE)}`)];
  return { item, texts, height: texts.length + GAP };
}

/** The rows in parts of about one length, none longer than fits on paper. */
function partsOf(rows: readonly Row[]): Row[][] {
  const most = MOST_LINES - HEAD;
  const whole = rows.reduce((sum, { height }) => sum + height, 0);
  const aim = whole / Math.ceil(whole / most);
  const parts: Row[][] = [];
  let room = 0;
  for (const row of rows) {
    const isFull = room < row.height || room <= most - aim;
    if (isFull) {
      parts.push([]);
      room = most;
    }
    parts.at(-1)?.push(row);
    room -= row.height;
  }
  return parts;
}

interface Part {
  readonly rows: readonly Row[];
  /** Its place among the parts, from 0, and how many there are. */
  readonly index: number;
  readonly of: number;
}

function partMarkup(plan: Plan, axis: TimelineAxis, { rows, index, of }: Part): Markup {
  const own = (id: string) => (index === 0 ? id : `${id}-${index + 1}`);
  const [title, words] = [own('timeline-title'), own('timeline-words')];
  const tops = rows.map((_, at) => rows.slice(0, at).reduce((sum, row) => sum + row.height, HEAD));
  const height = rows.reduce((sum, row) => sum + row.height, HEAD);
  return html`<svg role="img" aria-labelledby="${title}" aria-describedby="${words}" width="100%" height="${height.toFixed(1)}em">
<title id="${title}">Timeline of episode ${plan.episode.id}, as of ${plan.asOf}${of === 1 ? '' : `, part ${index + 1} of ${of}`}</title>
<desc id="${words}">${rows.map(({ item }) => `${itemInWords(item)}. `).join('')}</desc>
${index === 0 ? HATCHING : EMPTY}${grid(plan, axis)}${rows.map((row, at) => rowMarkup(row, tops[at] ?? HEAD, axis))}</svg>
`;
}

const HATCHING = html`<defs><pattern id="${HATCH_ID}" width="6" height="6" patternUnits="userSpaceOnUse"><path class="hatch" d="M0 6 6 0"/></pattern></defs>
`;

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

function rowMarkup({ item, texts, height }: Row, top: number, axis: TimelineAxis): Markup {
  const { marks, urgent } = item;
  const labels = texts.map(
    (text, line) => html`<text class="label" y="${FIRST_FOOT + line * NEXT_FOOT}">${text}</text>`,
  );
  return html`<svg class="row lines-${Math.min(MOST_ROW_LINES, texts.length)}${urgent ? ' late' : ''}" y="${top.toFixed(1)}em" height="${height.toFixed(1)}em"><line class="rule" x1="0" x2="100%" y1="0" y2="0"/><g class="marks">${marks.map((mark) => markAt(axis, mark))}</g>${labels}</svg>
`;
}
