import { html, type Markup } from './markup.ts';
import { placeOf, type TimelineAxis } from './timeline-axis.ts';
import type { TimelineMark, TimelinePoint } from './timeline-items.ts';

/** Id of the hatching in the page. */
export const HATCH_ID = 'timeline-hatch';

/** The shapes of one day, around the point 0, 0; told apart by form, never by colour. */
const POINTS: Readonly<Record<TimelinePoint, Markup>> = {
  ablation: html`<path class="full" d="M0-9 7 0 0 9-7 0z"/>`,
  'exam-counted': html`<circle class="full halo" r="5"/>`,
  'exam-not-counted': html`<circle class="empty" r="5"/><path d="M-3.5-3.5 3.5 3.5M-3.5 3.5 3.5-3.5"/>`,
  result: html`<rect class="full" x="-5" y="-5" width="10" height="10"/>`,
  booking: html`<path class="full" d="M0 10V-12H10L7-8.5 10-5H0"/>`,
  today: html`<path class="full" d="M-7-8H7L0 6z"/>`,
  horizon: html`<path d="M-2-9V9M2-9V9"/>`,
  end: html`<path class="bold" d="M-6-6 6 6M-6 6 6-6"/>`,
};

/** A mark at its place on the axis; up and down is counted from the middle of its row. */
export function markAt(axis: TimelineAxis, mark: TimelineMark): Markup {
  if ('at' in mark) return html`<svg x="${placeOf(axis, mark.at)}%">${POINTS[mark.shape]}</svg>`;
  const from = placeOf(axis, mark.from);
  const to = placeOf(axis, mark.to);
  const width = (to - from).toFixed(2);
  switch (mark.shape) {
    case 'window': {
      const target = placeOf(axis, mark.target);
      return html`<rect class="${mark.look}"${fillOf(mark.look)} x="${from}%" y="-7" width="${width}%" height="14"/><line class="bold" x1="${target}%" x2="${target}%" y1="-10" y2="10"/>`;
    }
    case 'deadline': {
      const head = html`<path class="${mark.look === 'open' ? 'full' : 'empty'}" d="M-6 6H6L0-6z"/>`;
      return html`<line x1="${from}%" x2="${to}%" y1="0" y2="0"/><svg x="${from}%">${head}</svg><line class="bold" x1="${to}%" x2="${to}%" y1="-9" y2="9"/>`;
    }
    case 'pause':
      return html`<rect class="hatched"${fillOf('hatched')} x="${from}%" y="-3" width="${width}%" height="6"/>`;
  }
}

function fillOf(look: string): Markup {
  return look === 'hatched' ? html` fill="url(#${HATCH_ID})"` : html``;
}

/** What a shape means, with the shape itself, in the order of the list under the drawing. */
export const LEGEND: readonly { readonly shape: Markup; readonly says: string }[] = [
  {
    shape: html`<rect class="open" x="-12" y="-7" width="24" height="14"/><line class="bold" y1="-10" y2="10"/>`,
    says: 'window of a visit to come; heavy line: the target',
  },
  {
    shape: html`<rect class="hatched" fill="url(#${HATCH_ID})" x="-12" y="-7" width="24" height="14"/><line class="bold" y1="-10" y2="10"/>`,
    says: 'forecast or on hold',
  },
  {
    shape: html`<rect class="hollow" x="-12" y="-7" width="24" height="14"/><line class="bold" y1="-10" y2="10"/>`,
    says: 'done, declined or missed',
  },
  { shape: POINTS['exam-counted'], says: 'exam that filled a visit' },
  { shape: POINTS['exam-not-counted'], says: 'exam that filled none' },
  {
    shape: html`<path class="full" d="M-16 6H-4L-10-6z"/><line x1="-10" x2="10" y1="0" y2="0"/><line class="bold" x1="10" x2="10" y1="-9" y2="9"/>`,
    says: 'escalation, from its day to its deadline; hollow: answered',
  },
  { shape: POINTS.booking, says: 'day of an appointment' },
  { shape: POINTS.ablation, says: 'ablation' },
  { shape: POINTS.result, says: 'pathology or surgery' },
  { shape: POINTS.end, says: 'end of surveillance' },
  { shape: html`<line class="today" y1="-10" y2="10"/>`, says: 'the day of this page' },
  { shape: html`<line class="horizon" y1="-10" y2="10"/>`, says: 'last day of staged visits' },
];
