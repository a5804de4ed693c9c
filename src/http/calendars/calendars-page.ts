import type { Problem } from '../../domain/problem.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { may } from '../../service/access/permission.ts';
import type { SubscriptionRow } from '../../service/access/subscription-row.ts';
import type { ClinicCall } from '../call.ts';
import type { Fields } from '../fields.ts';
import { layout } from '../page/layout.ts';
import { clinicPath } from '../paths.ts';
import { assignmentForm } from './assignment-page.ts';
import { clientSteps } from './client-steps.ts';
import { subscriptionForm, subscriptionProblems } from './subscription-form.ts';
import { PRIVACY_NAMES, stateInWords, subjectInWords } from './subscription-words.ts';

/** What the page of the calendars shows. */
export interface CalendarsParts {
  /** Those that the caller may see, in the order of making. */
  readonly subscriptions: readonly SubscriptionRow[];
  /** The form of a new one, as typed. */
  readonly fields: Fields;
  readonly problems?: readonly Problem[] | undefined;
  readonly notice?: string | undefined;
}

/** So many that ended are listed. */
const MOST_ENDED = 50;

/** The page of the calendars: a new one, those that work, those that ended. */
export function calendarsPage(
  call: ClinicCall,
  { subscriptions, fields, problems = [], notice }: CalendarsParts,
): Markup {
  const { clinic, caller } = call;
  const newest = [...subscriptions].reverse();
  const working = newest.filter(({ state }) => state === 'active');
  const ended = newest.filter(({ state }) => state !== 'active');
  const whose = may(caller, clinic.id, 'administer') ? 'of the clinic' : 'that you made';
  const body = html`<h1>Calendars</h1>
${subscriptionProblems(fields, problems)}<p>A calendar program that subscribes to an address shows the visits ahead, and follows when one moves. A calendar is no worklist: somebody must still look there. Calendars of the clinic and of clinicians go 400 days ahead.</p>
<h2 id="working">Calendars ${whose}</h2>
${working.length === 0 ? html`<p>None works at present.</p>` : subscriptionTable(call, working, 'Working calendars')}${
  ended.length === 0
    ? EMPTY
    : html`<details><summary>${ended.length} ended</summary>
${subscriptionTable(call, ended.slice(0, MOST_ENDED), 'Ended calendars, the newest first')}</details>
`
}
<h2 id="new">A new calendar</h2>
${subscriptionForm(call, fields, problems)}${may(caller, clinic.id, 'register') ? assignmentForm(call) : EMPTY}
<h2>How to subscribe</h2>
${clientSteps()}`;
  return layout(call, clinic, { title: 'Calendars', body, notice });
}

function subscriptionTable(
  call: ClinicCall,
  rows: readonly SubscriptionRow[],
  caption: string,
): Markup {
  return html`<table class="stacks">
<caption>${caption}</caption>
<thead><tr><th scope="col">Label</th><th scope="col">Whose</th><th scope="col">Tells</th><th scope="col">State</th><th scope="col">Made by</th><th scope="col">Change</th></tr></thead>
<tbody>
${rows.map((row) => subscriptionLine(call, row))}</tbody>
</table>
`;
}

function subscriptionLine(call: ClinicCall, row: SubscriptionRow): Markup {
  const { label, privacy, createdBy } = row;
  return html`<tr><th scope="row">${label}</th><td data-label="Whose">${subjectInWords(row, call)}</td><td data-label="Tells">${PRIVACY_NAMES[privacy]}</td><td data-label="State">${stateInWords(row, call)}</td><td data-label="Made by">${createdBy}</td><td data-label="Change">${changes(call, row)}</td></tr>
`;
}

function changes({ clinic }: ClinicCall, { selector, state, label }: SubscriptionRow): Markup {
  if (state === 'revoked') return html`ended for good`;
  const to = (what: string) => clinicPath(clinic, 'calendars', selector, what);
  return html`<a href="${to('rotate')}">New address for “${label}”</a>${state === 'active' ? html`, <a href="${to('revoke')}">revoke “${label}”</a>` : EMPTY}`;
}
