import { isVisitKey } from '../../domain/keys.ts';
import { RULES } from '../../domain/rule.ts';
import { visitInWords } from '../../domain/visit-words.ts';
import { withDates } from '../../export/html-dates.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import {
  arrangementsInWords,
  latenessInWords,
  rowRuleInWords,
  taskInWords,
} from '../../export/worklist-words.ts';
import type { WorklistRow } from '../../service/night/read-worklist.ts';
import type { Clinic } from '../../service/store-access.ts';
import { episodePath } from '../paths.ts';
import { withFactWords } from '../register/fact-words.ts';
import type { RowAct } from './row-acts.ts';

/** What a row is shown with. */
export interface RowParts {
  readonly clinic: Clinic;
  /** What the caller may record about it, each with where it is done. */
  readonly acts: readonly (RowAct & { readonly href: string; readonly isOpen: boolean })[];
  /** The form that is open in it; null: none. */
  readonly open: Markup | null;
  /** Where the facts are recorded that a row asks for; null: it asks for none, or the caller may not. */
  readonly facts: string | null;
}

/** The columns of every table of the worklist. */
export const COLUMNS = ['Patient', 'To do', 'When', 'Why', 'Arranged', 'Next'] as const;

/** One open item as a row of its table, with the form that is open in it. */
export function rowMarkup(row: WorklistRow, { clinic, acts, open, facts }: RowParts): Markup {
  const { episode, daysLate } = row;
  const classes = [
    ...(daysLate !== null && daysLate > 0 ? ['late'] : []),
    ...(open === null ? [] : ['opened']),
  ].join(' ');
  const href = episodePath(clinic, episode);
  return html`<tr${classes === '' ? EMPTY : html` class="${classes}"`}${open === null ? EMPTY : html` id="row"`}><th scope="row">${patientMarkup(row, href)}</th><td class="free" data-label="To do">${taskMarkup(row)}</td><td data-label="When">${whenMarkup(row)}</td><td class="free" data-label="Why">${whyMarkup(row)}</td><td class="free" data-label="Arranged">${arrangedMarkup(row, clinic)}</td><td class="no-print" data-label="Next">${actsMarkup(row, acts, { page: href, facts })}</td></tr>
${
  open === null
    ? EMPTY
    : html`<tr class="opened no-print"><td colspan="${COLUMNS.length}">${open}</td></tr>
`
}`;
}

function patientMarkup({ patientRef, episode, side }: WorklistRow, href: string): Markup {
  const who = patientRef === null ? EMPTY : html`${patientRef}<br>`;
  return html`${who}<a href="${href}">${episode}</a><br><span class="dim">${side ?? 'side not recorded'}</span>`;
}

function taskMarkup(row: WorklistRow): Markup {
  const { item, code, tier, needsReview } = row;
  const about = isVisitKey(item) ? html`${visitInWords(item)}<br>` : EMPTY;
  return html`<strong>${taskInWords(row)}</strong>${needsReview ? html`<br><strong>needs review</strong>` : EMPTY}<br>${about}<span class="dim">tier ${tier}${code === null ? '' : `, code ${code}`}</span>`;
}

/** Dates that are not broken at their hyphens. */
function whenMarkup(row: WorklistRow): Markup {
  const { window, deadline, daysLate } = row;
  const date = (text: string) => html`<span class="window">${text}</span>`;
  const days =
    window !== null
      ? html`${date(window.earliest)} to ${date(window.latest)}<br>target ${date(window.target)}`
      : deadline === null
        ? html`no date`
        : html`by ${date(deadline)}`;
  const late = daysLate !== null && daysLate > 0 ? 'late-words' : 'state';
  return html`<span class="${late}">${latenessInWords(row) || 'no deadline'}</span><br>${days}`;
}

function whyMarkup(row: WorklistRow): Markup {
  const { reason, rule } = row;
  return html`${withDates(withFactWords(reason))}<details><summary class="dim">${rowRuleInWords(row)}</summary>${RULES[rule.id].says}</details>`;
}

function arrangedMarkup(row: WorklistRow, clinic: Clinic): Markup {
  const arranged = arrangementsInWords(row, clinic.zone);
  return arranged.length === 0
    ? html`<span class="dim">nothing</span>`
    : html`${arranged.map((text, index) => html`${index === 0 ? EMPTY : html`<br>`}${withDates(text)}`)}`;
}

function actsMarkup(
  row: WorklistRow,
  acts: RowParts['acts'],
  { page, facts }: { readonly page: string; readonly facts: string | null },
): Markup {
  const link = (label: string, href: string, about: string, isOpen = false) =>
    html`<li><a href="${href}" aria-label="${label}: ${about}"${isOpen ? html` aria-current="true"` : EMPTY}>${label}</a></li>`;
  const { episode } = row;
  const about = `${episode}, ${lineInWords(row)}`;
  return html`<ul class="acts">${facts === null ? EMPTY : link('Facts', facts, episode)}${acts.map(
    ({ label, href, isOpen }) => link(label, href, about, isOpen),
  )}${link('Why then?', page, about)}</ul>`;
}

/** Which line it is: no two of an episode have the same words. */
function lineInWords(row: WorklistRow): string {
  const { item, kind, reason } = row;
  if (isVisitKey(item)) return visitInWords(item);
  // What raised an escalation tells it from another with the same task and deadline.
  return kind === 'escalation' ? reason.replace(/\.$/, '') : taskInWords(row);
}
