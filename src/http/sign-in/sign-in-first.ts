import { html } from '../../export/markup.ts';
import type { Answer } from '../answer.ts';
import type { OpenCall } from '../call.ts';
import { layout } from '../page/layout.ts';
import { goTo, pageAnswer } from '../respond.ts';
import { keptFormOf } from './kept-form.ts';
import { signInPage } from './sign-in-page.ts';

/**
 * What somebody gets who is not signed in, or not any more. A form that they sent is kept in the page
 * for signing in, and goes on from there: an expired session loses no text.
 */
export function signInFirst(call: OpenCall): Answer {
  const { request, url } = call;
  const to = `${url.pathname}${url.search}`;
  // A password is typed anew: it is in no page.
  if (request.method !== 'GET') {
    const kept = keptFormOf(call);
    return kept === null ? goTo('/sign-in') : pageAnswer(signInPage(call, { kept }), 401);
  }
  // The strict cookie is not sent where a link of another site leads here; one step on it is.
  if (request.headers.get('Sec-Fetch-Site') === 'cross-site')
    return pageAnswer(oneStepOn(call, to));
  return goTo(to === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(to)}`);
}

function oneStepOn(call: OpenCall, to: string) {
  return layout(call, null, {
    title: 'One moment',
    body: html`<meta http-equiv="refresh" content="0; url=${to}">
<h1>One moment</h1>
<p><a href="${to}">Go on</a></p>
`,
  });
}
