import { z } from 'zod';
import { daySchema, strict } from '../../domain/schema.ts';
import { findEpisode } from '../../service/episode/find-episode.ts';
import { listEpisodes } from '../../service/episode/list-episodes.ts';
import { planEpisode } from '../../service/episode/plan-episode.ts';
import { showEpisode } from '../../service/episode/show-episode.ts';
import type { Answer } from '../answer.ts';
import type { ClinicCall } from '../call.ts';
import { refuse, refuseFailure } from '../refuse.ts';
import { jsonAnswer } from '../respond.ts';
import type { Route } from '../route.ts';
import { API_BASE, apiPath } from './api-paths.ts';
import { episodeAnswer, episodesAnswer } from './episode-answers.ts';
import { episodeTag } from './expected-version.ts';
import { planAnswer } from './plan-answer.ts';
import { readQuery } from './read-request.ts';

const PAGE = 50;
const LONGEST_PAGE = 200;

const episodesQuery = strict({
  after: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The id of the last episode of the page before'),
  limit: z.int().min(1).max(LONGEST_PAGE).optional().describe(`Absent: ${PAGE}`),
  asOf: daySchema.optional().describe('The day of the plans; absent: the clinic’s today'),
});

const dayQuery = strict({
  asOf: daySchema.optional().describe('The day of the plan; absent: the clinic’s today'),
});

/** What is asked about episodes. */
export const EPISODE_API: readonly Route[] = [
  {
    method: 'GET',
    path: `${API_BASE}/clinics/:clinic/episodes`,
    door: 'api',
    needs: 'read',
    api: {
      id: 'listEpisodes',
      summary: 'The episodes of the clinic in the order of their registration, page by page',
      query: episodesQuery,
      answer: episodesAnswer,
    },
    handle: list,
  },
  {
    method: 'GET',
    path: `${API_BASE}/clinics/:clinic/episodes/:episode`,
    door: 'api',
    needs: 'read',
    api: {
      id: 'showEpisode',
      summary: 'Facts, events with who recorded them, and the plan of one day',
      query: dayQuery,
      answer: episodeAnswer,
      tagged: true,
    },
    handle: show,
  },
  {
    method: 'GET',
    path: `${API_BASE}/clinics/:clinic/episodes/:episode/plan`,
    door: 'api',
    needs: 'read',
    api: {
      id: 'planEpisode',
      summary: 'The plan alone: each line with its rule, source, inputs and arithmetic',
      query: dayQuery,
      answer: planAnswer,
    },
    handle: plan,
  },
];

async function list(call: ClinicCall): Promise<Answer> {
  const { context, clinic } = call;
  const read = readQuery(call, episodesQuery);
  if (!read.ok) return read.refusal;
  const { after, limit = PAGE, asOf } = read.value;
  const last = after === undefined ? null : await findEpisode(context, clinic, after);
  if (last?.ok === false) return refuse(call, 'api', 400, [unknownEnd(after)]);
  const episodes: object[] = [];
  let more = false;
  let end = after;
  for await (const { row, failure } of listEpisodes(context, {
    clinic,
    asOf,
    after: last?.value.id,
  })) {
    more = episodes.length === limit;
    if (more) break;
    episodes.push({ ...row, unplanned: failure?.problems ?? [] });
    end = row.id;
  }
  return jsonAnswer({ episodes, next: more && end !== undefined ? nextPage(call, end) : null });
}

function nextPage({ clinic, url }: ClinicCall, end: string): string {
  const query = new URLSearchParams(url.searchParams);
  query.set('after', end);
  return `${apiPath(clinic, 'episodes')}?${query}`;
}

function unknownEnd(after: string | undefined) {
  return {
    path: 'after',
    message: 'the clinic has no such episode, or not any more',
    found: JSON.stringify(after),
    mend: 'begin with the first page',
  };
}

async function show(call: ClinicCall): Promise<Answer> {
  const read = readQuery(call, dayQuery);
  if (!read.ok) return read.refusal;
  const { context, clinic, params } = call;
  const episode = params.episode ?? '';
  const shown = await showEpisode(context, { clinic, episode, ...read.value });
  if (!shown.ok) return refuseFailure(call, 'api', shown);
  const ETag = episodeTag(shown.value.version, shown.value.plan?.asOf);
  return jsonAnswer(shown.value, 200, { ETag });
}

async function plan(call: ClinicCall): Promise<Answer> {
  const read = readQuery(call, dayQuery);
  if (!read.ok) return read.refusal;
  const { context, clinic, params } = call;
  const episode = params.episode ?? '';
  const planned = await planEpisode(context, { clinic, episode, ...read.value });
  return planned.ok ? jsonAnswer(planned.value) : refuseFailure(call, 'api', planned);
}
