import type { Problem } from '../../domain/problem.ts';
import { html, type Markup } from '../../export/markup.ts';
import type { SubscriptionRow } from '../../service/access/subscription-row.ts';
import { MOST_DAYS } from '../../service/access/token-terms.ts';
import type { ClinicCall } from '../call.ts';
import type { Fields } from '../fields.ts';
import { fieldId, textField } from '../page/form-fields.ts';
import { layout } from '../page/layout.ts';
import { problemSummary } from '../page/problems.ts';
import { clinicPath } from '../paths.ts';
import { subscriptionFacts } from './subscription-facts.ts';
import { DAYS_LABEL } from './subscription-form.ts';

/** Asks before a subscription ends for good. */
export function revokePage(call: ClinicCall, row: SubscriptionRow): Markup {
  const { clinic } = call;
  const title = 'Revoke a calendar';
  const body = html`<h1>${title}</h1>
${subscriptionFacts(call, row)}<p>Its address opens nothing from then on, for ever. Programs that use it keep what they have seen, and are told that it is gone; remove the calendar there. Anything already read is out of reach.</p>
<form method="post" action="${clinicPath(clinic, 'calendars', row.selector, 'revoke')}" novalidate>
<p class="actions"><button class="grave">Revoke “${row.label}”</button> <a href="${clinicPath(clinic, 'calendars')}">Leave it as it is</a></p>
</form>
`;
  return layout(call, clinic, { title, body });
}

/** Asks before a subscription gets a new address, and how long that works. */
export function rotatePage(
  call: ClinicCall,
  row: SubscriptionRow,
  fields: Fields,
  problems: readonly Problem[] = [],
): Markup {
  const { clinic } = call;
  const title = 'New address for a calendar';
  const state = { fields, problems: new Map([['days', problems]]) };
  const told = problems.map((each) => ({ ...each, message: `${DAYS_LABEL}: ${each.message}` }));
  const body = html`<h1>${title}</h1>
${problemSummary(told, () => fieldId('days'))}${subscriptionFacts(call, row)}<p>The address of before opens nothing from then on. Every program that uses it must be given the new one.</p>
<form method="post" action="${clinicPath(clinic, 'calendars', row.selector, 'rotate')}" class="narrow" novalidate>
${textField({ name: 'days', label: DAYS_LABEL, type: 'number', min: '1', max: String(MOST_DAYS), hint: `1 to ${MOST_DAYS}`, required: true }, state)}<p class="actions"><button>Give “${row.label}” a new address</button> <a href="${clinicPath(clinic, 'calendars')}">Leave it as it is</a></p>
</form>
`;
  return layout(call, clinic, { title, body });
}

/** What a change is answered with that came too late. */
export function endedPage(call: ClinicCall): Markup {
  const { clinic } = call;
  const title = 'This calendar has ended';
  const body = html`<h1>${title}</h1>
<p>It was revoked, or given a new address before: that was shown then, once. Nothing was changed now.</p>
<p>If the newest address is lost, give it a new one; or make a new calendar: <a href="${clinicPath(clinic, 'calendars')}">to the list of calendars</a>.</p>
`;
  return layout(call, clinic, { title, body });
}
