import { EMPTY, html, type Markup } from '../../export/markup.ts';
import type { OpenedSubscription } from '../../service/access/open-subscription.ts';
import type { ClinicCall } from '../call.ts';
import { ownOrigins } from '../origin-check.ts';
import { layout } from '../page/layout.ts';
import { clinicPath } from '../paths.ts';
import { clientSteps } from './client-steps.ts';
import { qrCode } from './qr-code.ts';
import { subscriptionFacts } from './subscription-facts.ts';

/** A subscription whose address is shown, now and never again. */
export interface ShownSubscription extends OpenedSubscription {
  readonly unplanned?: number | undefined;
  readonly complete?: boolean | undefined;
}

/** The address of a subscription: as text, as a link for the programs of this machine, as a QR code. */
export function addressPage(call: ClinicCall, shown: ShownSubscription): Markup {
  const { clinic } = call;
  const { subscription, token, unplanned = 0, complete = true } = shown;
  const address = `${ownOrigins(call)[0] ?? call.url.origin}/f/${token}.ics`;
  const link = address.replace(/^https?:/, 'webcal:');
  const body = html`<h1>Address of “${subscription.label}”</h1>
<p class="notice" role="status">This address is shown once. Give it to the calendar program now; who loses it makes a new one.</p>
<p>It opens a calendar to whoever has it, without a password. Do not send it by e-mail.</p>
${subscriptionFacts(call, subscription)}
${
  unplanned === 0
    ? EMPTY
    : html`<p class="alarm">${unplanned === 1 ? 'One episode has' : `${unplanned} episodes have`} no plan at present and will not be in it until that is mended: see the worklist.</p>
`
}${
  complete
    ? EMPTY
    : html`<p class="alarm">Not all of its events could be made now. The next nightly run makes the others.</p>
`
}
<h2>The address</h2>
<p class="token">${address}</p>
<p><a href="${link}">Subscribe with the calendar program of this machine</a></p>
<h2>For a phone</h2>
<p class="qr">${qrCode(link, 'QR code that holds the subscription link')}</p>
<h2>How to subscribe</h2>
${clientSteps()}<p><a href="${clinicPath(clinic, 'calendars')}">To the list of calendars</a></p>
`;
  return layout(call, clinic, { title: 'Address of a calendar', body });
}

/** What a form is answered with that is sent a second time: the secret is not shown again. */
export function shownBeforePage(call: ClinicCall): Markup {
  const { clinic } = call;
  const body = html`<h1>The address was shown already</h1>
<p>This form was sent before. It made one calendar then, and no other one now. The address is kept nowhere and cannot be shown again.</p>
<p>If it is lost, find the calendar in the list and give it a new address: <a href="${clinicPath(clinic, 'calendars')}">to the list of calendars</a>.</p>
`;
  return layout(call, clinic, { title: 'Shown already', body });
}
