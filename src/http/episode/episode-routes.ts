import { reviewEpisode } from '../../service/episode/review-episode.ts';
import { searchEpisodes } from '../../service/episode/search-episodes.ts';
import type { Answer } from '../answer.ts';
import type { ClinicCall } from '../call.ts';
import { Fields } from '../fields.ts';
import { layout } from '../page/layout.ts';
import { doneNotice } from '../page/notices.ts';
import { recordedHere } from '../record/recorded-notice.ts';
import { refuseFailure } from '../refuse.ts';
import { pageAnswer } from '../respond.ts';
import type { Route } from '../route.ts';
import { askedDay } from './as-of.ts';
import { downloadPlan } from './downloads.ts';
import { episodeBody } from './episode-page.ts';
import { listBody } from './list-page.ts';
import { showWhatIf } from './what-if-answer.ts';

const EPISODE = '/c/:clinic/episodes/:episode';

/** The list of episodes; one with its timeline, its reasons and its history; what if. */
export const EPISODE_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/c/:clinic/episodes', door: 'page', needs: 'read', handle: list },
  { method: 'GET', path: EPISODE, door: 'page', needs: 'read', handle: show },
  { method: 'GET', path: `${EPISODE}/what-if`, door: 'page', needs: 'read', handle: showWhatIf },
  {
    method: 'GET',
    path: `${EPISODE}/plan/:format`,
    door: 'page',
    needs: 'read',
    handle: downloadPlan,
  },
];

const PAGE_SIZE = 50;
/** No clinic has so many pages; a larger number is a mistake of typing. */
const MOST_PAGES = 99_999;

/** What was done just now, when a form comes back to the episode. */
const NOTICES = {
  facts: { says: 'The facts are changed.', after: 'episode.revised' },
  'facts-before': {
    says: 'Nothing was changed: the facts were recorded like this before.',
    after: null,
  },
  registered: { says: 'The episode is registered.', after: 'episode.registered' },
  'registered-before': {
    says: 'Nothing was registered twice: the episode was registered before.',
    after: null,
  },
} as const;

async function list(call: ClinicCall): Promise<Answer> {
  const { context, clinic, url } = call;
  const query = new Fields(url.searchParams);
  const asked = Number(query.text('page') || '1');
  const page = Number.isInteger(asked) && asked >= 1 ? Math.min(asked, MOST_PAGES) : 1;
  const found = await searchEpisodes(context, {
    clinic,
    text: query.text('q'),
    skip: (page - 1) * PAGE_SIZE,
    limit: PAGE_SIZE,
  });
  const body = listBody(found, { clinic, query, page, pageSize: PAGE_SIZE });
  return pageAnswer(layout(call, clinic, { title: 'Episodes', body }));
}

async function show(call: ClinicCall): Promise<Answer> {
  const { context, clinic, params, url } = call;
  const query = new Fields(url.searchParams);
  const asked = askedDay(query);
  const { asOf } = asked;
  const review = await reviewEpisode(context, { clinic, episode: params.episode ?? '', asOf });
  if (!review.ok) return refuseFailure(call, 'page', review);
  const body = episodeBody({ call, review: review.value }, query, asked);
  const title = `Episode ${review.value.id}`;
  const { id } = review.value;
  const notice = (await doneNotice(call, NOTICES, id)) ?? (await recordedHere(call, id));
  const status = asked.problems.length === 0 ? 200 : 422;
  return pageAnswer(layout(call, clinic, { title, body, notice }), status);
}
