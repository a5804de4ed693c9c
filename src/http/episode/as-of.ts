import { type Day, parseDay } from '../../domain/civil-date.ts';
import type { Problem } from '../../domain/problem.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import type { Fields } from '../fields.ts';
import { textField } from '../page/form-fields.ts';
import { problemsByField } from '../page/problems-by-field.ts';
import { type EpisodeView, isToday, pathOf } from './episode-view.ts';

/** The day that a page is asked for, and what is wrong with it. */
export interface AskedDay {
  /** Absent: today. */
  readonly asOf: Day | undefined;
  readonly problems: readonly Problem[];
}

/** Reads `asOf` of an address: a day `YYYY-MM-DD`. */
export function askedDay(query: Fields): AskedDay {
  const text = query.optional('asOf');
  const asOf = text === undefined ? undefined : parseDay(text);
  if (text === undefined || asOf !== undefined) return { asOf, problems: [] };
  const allowed = 'a day of the calendar as YYYY-MM-DD';
  return {
    asOf,
    problems: [{ path: 'asOf', message: 'this is not a day', found: text.slice(0, 40), allowed }],
  };
}

/** Says on a page of another day that it is one, and what it knows. */
export function otherDayNotice(view: EpisodeView): Markup {
  if (isToday(view)) return EMPTY;
  const { asOf, today } = view.review;
  const says =
    asOf < today
      ? 'It knows the events that are dated until then, whenever they were recorded; the facts are those of now.'
      : 'Nothing of what happens until then is known yet.';
  return html`<p class="alarm">This page shows the episode as of <strong>${asOf}</strong>, not of today (${today}). ${says} Nothing can be recorded here. <a href="${pathOf(view)}">To the page of today</a></p>
`;
}

/** Asks for the page of another day. */
export function otherDayForm(view: EpisodeView, query: Fields, asked: AskedDay): Markup {
  const state = { fields: query, problems: problemsByField(asked.problems) };
  return html`<form class="inline no-print" method="get" action="${pathOf(view)}">
${textField({ name: 'asOf', label: 'As of another day', type: 'date' }, state)}<button class="second">Show</button>
</form>
`;
}
