import { counted } from '../domain/counted.ts';
import type { Problem } from '../domain/problem.ts';
import { EMPTY, html, type Markup } from '../export/markup.ts';
import type { ServiceFailure } from '../service/service-outcome.ts';
import { type Answer, withHeaders } from './answer.ts';
import { bareRefusal } from './bare-refusal.ts';
import type { OpenCall } from './call.ts';
import { layout } from './page/layout.ts';
import { problemInWords } from './page/problems.ts';
import { problemAnswer } from './problem-json.ts';
import { pageAnswer } from './respond.ts';
import type { Door } from './route.ts';
import { keptFormMarkup, keptFormOf } from './sign-in/kept-form.ts';
import { signInFirst } from './sign-in/sign-in-first.ts';
import { STATUS_OF, STATUS_WORDS } from './status-of.ts';

/** Says no, in the way of the door: a page, problem+json, or the bare status. */
export function refuse(
  call: OpenCall,
  door: Door,
  status: number,
  problems: readonly Problem[] = [],
): Answer {
  if (door === 'bare') return bareRefusal(status);
  if (door === 'api') return problemAnswer(status, problems, status === 401 ? CHALLENGE : {});
  if (status === 401) return signInFirst(call);
  const title = STATUS_WORDS[status] ?? 'Fault';
  const body = html`<h1>${title}</h1>
${problems.map(
  (problem) => html`<p role="alert">${problemInWords(problem)}</p>
`,
)}<p>${ADVICE[status] ?? ''}</p>
${status === 503 ? onceMore(call) : EMPTY}<p><a href="/">To the start</a></p>
`;
  return pageAnswer(layout(call, null, { title, body }), status);
}

/** What could not be kept just now is in the page: what somebody typed is not lost with it. */
function onceMore(call: OpenCall): Markup {
  const kept = keptFormOf(call);
  if (kept === null || kept.sent === '') return EMPTY;
  return html`<p>What you typed is in this page, for as long as you leave it open.</p>
${keptFormMarkup(kept, 'Send it again')}`;
}

/** Who asks too often is told for how long to wait. RFC 6585, section 4. */
export function slowDown(call: OpenCall, door: Door, seconds: number): Answer {
  const problem = {
    path: '',
    message: 'there were too many requests at once',
    mend: `wait ${counted(seconds, 'second')}, then try again`,
  };
  return withHeaders(refuse(call, door, 429, [problem]), { 'Retry-After': String(seconds) });
}

/** A use case that was not done, in the way of the door. */
export function refuseFailure(
  call: OpenCall,
  door: Door,
  { fault, problems }: ServiceFailure,
): Answer {
  const refusal = refuse(call, door, STATUS_OF[fault], problems.map(withoutCommands));
  return fault === 'busy' ? withHeaders(refusal, { 'Retry-After': BUSY_SECONDS }) : refusal;
}

/** How to mend it on the command line helps nobody who has none. */
function withoutCommands({ mend, ...problem }: Problem): Problem {
  return mend === undefined || OF_COMMAND_LINE.test(mend) ? problem : { ...problem, mend };
}

const OF_COMMAND_LINE = /\bcryowatch [a-z]|--[a-z]|: protocol approve$/;

const BUSY_SECONDS = '5';

const CHALLENGE = { 'WWW-Authenticate': 'Bearer realm="cryowatch"' };

const ADVICE: Readonly<Record<number, string>> = {
  403: 'Your roles in this clinic do not allow it, or the request came from another site. Nothing was changed.',
  404: 'There is no such page, clinic or episode here, or you have no part in it. Were you sent here? Ask whoever looks after the accounts for a role in that clinic.',
  409: 'Nothing was changed.',
  413: 'Nothing was changed.',
  415: 'Nothing was changed.',
  429: 'Nothing was changed. If you sent a form, go back to it: what you typed is still there.',
  500: 'Nothing of this request is known to be kept: look at the episode before you try again.',
  503: 'Nothing was changed. Try again; if it goes on, tell whoever looks after the service.',
};
