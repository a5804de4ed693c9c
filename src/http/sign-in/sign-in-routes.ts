import { html, type Markup } from '../../export/markup.ts';
import { changePassword } from '../../service/access/change-password.ts';
import { type SignInOutcome, signIn } from '../../service/access/sign-in.ts';
import type { Answer } from '../answer.ts';
import type { AccountCall, OpenCall } from '../call.ts';
import { textField } from '../page/form-fields.ts';
import { layout } from '../page/layout.ts';
import { problemSummary } from '../page/problems.ts';
import { goTo, pageAnswer } from '../respond.ts';
import type { Route } from '../route.ts';
import { NO_SESSION_COOKIE, sessionCookie, sessionTokenOf } from '../session-cookie.ts';
import { STATUS_OF } from '../status-of.ts';
import { isOwnPath, readKeptForm } from './kept-form.ts';
import { keptFormBody } from './kept-form-page.ts';
import { signInPage } from './sign-in-page.ts';

/** Signing in and out, and changing one's password. */
export const SIGN_IN_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/sign-in', door: 'page', needs: 'nothing', handle: showSignIn },
  {
    method: 'POST',
    path: '/sign-in',
    door: 'page',
    body: 'sign-in',
    needs: 'nothing',
    handle: doSignIn,
  },
  { method: 'POST', path: '/sign-out', door: 'page', needs: 'nothing', handle: doSignOut },
  { method: 'GET', path: '/password', door: 'page', needs: 'account', handle: showPassword },
  { method: 'POST', path: '/password', door: 'page', needs: 'account', handle: doPassword },
];

async function showSignIn(call: OpenCall): Promise<Answer> {
  const next = call.url.searchParams.get('next') ?? undefined;
  if (call.caller !== null) return goTo(ownPath(next));
  return pageAnswer(signInPage(call, { next }));
}

async function doSignIn(call: OpenCall): Promise<Answer> {
  const { service, fields, source, request } = call;
  const kept = readKeptForm(fields.text('kept')) ?? undefined;
  const next = fields.optional('next');
  const signed = await signIn(service.access, service.throttle, {
    name: fields.text('name'),
    password: fields.text('password'),
    source,
  });
  if (!signed.ok) {
    service.metrics.signIn(signed.fault === 'busy' ? 'throttled' : 'refused');
    return notProven(signed, signInPage(call, { next, kept, problems: signed.problems }));
  }
  service.metrics.signIn('done');
  // Whatever session this browser had ends here: none that somebody else planted lives on.
  const old = sessionTokenOf(request);
  if (old !== null) service.sessions.end(old);
  const caller = signed.value;
  const cookie = {
    'Set-Cookie': sessionCookie(service.sessions.start(caller)),
  };
  const signedIn = caller.id;
  if (kept === undefined) return { ...goTo(ownPath(next), cookie), signedIn };
  const body = await keptFormBody(call, caller, kept);
  const page = layout({ ...call, caller }, null, { title: 'Signed in', body });
  return { ...pageAnswer(page, 200, cookie), signedIn };
}

/** A wrong password, or too many of them: then for how long to wait. RFC 6585, section 4. */
function notProven(
  { fault, waitSeconds }: Extract<SignInOutcome, { ok: false }>,
  page: Markup,
): Answer {
  if (fault !== 'busy') return pageAnswer(page, STATUS_OF[fault]);
  return pageAnswer(page, 429, { 'Retry-After': String(waitSeconds) });
}

async function doSignOut({ service, request }: OpenCall): Promise<Answer> {
  const token = sessionTokenOf(request);
  if (token !== null) service.sessions.end(token);
  return goTo('/sign-in', { 'Set-Cookie': NO_SESSION_COOKIE, 'Clear-Site-Data': '"cache"' });
}

async function showPassword(call: AccountCall): Promise<Answer> {
  return pageAnswer(passwordPage(call, []));
}

async function doPassword(call: AccountCall): Promise<Answer> {
  const { fields, context, caller, service, source } = call;
  const proven = await signIn(context, service.throttle, {
    name: caller.name,
    password: fields.text('current'),
    source,
  });
  if (!proven.ok) return notProven(proven, passwordPage(call, proven.problems));
  const changed = await changePassword(context, {
    name: caller.name,
    password: fields.text('password'),
  });
  if (!changed.ok) {
    return pageAnswer(passwordPage(call, changed.problems), STATUS_OF[changed.fault]);
  }
  service.sessions.endAllOf(caller.id);
  return goTo('/sign-in', { 'Set-Cookie': NO_SESSION_COOKIE });
}

function passwordPage(call: AccountCall, problems: Parameters<typeof problemSummary>[0]) {
  const state = { fields: call.fields, problems: new Map() };
  const body = html`<h1>Another password</h1>
<p>Everybody who is signed in under this name is signed out.</p>
${problemSummary(problems)}<form method="post" action="/password" class="narrow" novalidate>
${textField({ name: 'current', label: 'Password of now', type: 'password', autocomplete: 'current-password', required: true }, state)}${textField({ name: 'password', label: 'New password', type: 'password', autocomplete: 'new-password', required: true, hint: '12 characters or more' }, state)}<button>Change the password</button>
</form>
`;
  return layout(call, null, { title: 'Another password', body });
}

function ownPath(next: string | undefined): string {
  return next !== undefined && isOwnPath(next) ? next : '/';
}
