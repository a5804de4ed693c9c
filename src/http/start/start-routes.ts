import { html } from '../../export/markup.ts';
import type { Answer } from '../answer.ts';
import type { AccountCall } from '../call.ts';
import { layout } from '../page/layout.ts';
import { clinicPath } from '../paths.ts';
import { goTo, pageAnswer } from '../respond.ts';
import type { Route } from '../route.ts';

/** The way in: the worklist of one's only clinic, or the choice of a clinic. */
export const START_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/', door: 'page', needs: 'account', handle: start },
];

async function start(call: AccountCall): Promise<Answer> {
  const { clinics } = call;
  const [only, ...others] = clinics;
  if (only !== undefined && others.length === 0) return goTo(clinicPath(only, 'worklist'));
  const body = html`<h1>Clinics</h1>
${
  clinics.length === 0
    ? html`<p>Your account has no role in any clinic, so there is nothing here that you may see.</p>
<p>Ask whoever looks after the accounts of your clinic for a role, and name your account: <strong>${call.caller.name}</strong>. They give it with <span class="code">cryowatch user role</span>. Then sign in again.</p>`
    : html`<ul>
${clinics.map(
  (
    clinic,
  ) => html`<li><a href="${clinicPath(clinic, 'worklist')}">${clinic.name}</a> (${clinic.code})</li>
`,
)}</ul>`
}
`;
  return pageAnswer(layout(call, null, { title: 'Clinics', body }));
}
