import { whatIf } from '../../service/episode/what-if.ts';
import type { Answer } from '../answer.ts';
import type { ClinicCall } from '../call.ts';
import { refuseFailure } from '../refuse.ts';
import { jsonAnswer } from '../respond.ts';
import type { Route } from '../route.ts';
import { API_BASE } from './api-paths.ts';
import { supposedAnswer } from './episode-answers.ts';
import { supposeBody } from './episode-bodies.ts';
import { readJson } from './read-request.ts';

/** What would be. It is a POST because a supposition is a document; whoever may read may ask. */
export const SUPPOSE_API: Route = {
  method: 'POST',
  path: `${API_BASE}/clinics/:clinic/episodes/:episode/what-if`,
  door: 'api',
  needs: 'read',
  api: {
    id: 'supposeEpisode',
    summary:
      'The plan that other facts, events or another protocol would give; nothing is recorded',
    body: supposeBody,
    answer: supposedAnswer,
  },
  handle: suppose,
};

async function suppose(call: ClinicCall): Promise<Answer> {
  const read = readJson(call, supposeBody);
  if (!read.ok) return read.refusal;
  const { context, clinic, params } = call;
  const episode = params.episode ?? '';
  const { facts, events } = read.document as {
    readonly facts?: unknown;
    readonly events?: readonly object[];
  };
  const { protocol } = read.value;
  const supposed = await whatIf(context, { clinic, episode, events, facts, protocol });
  if (!supposed.ok) return refuseFailure(call, 'api', supposed);
  const { asOf, after, diff, warnings } = supposed.value;
  return jsonAnswer({ id: episode, asOf, plan: after, difference: diff, warnings });
}
