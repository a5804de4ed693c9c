import type { Route } from '../route.ts';
import { sendFeed } from './send-feed.ts';

export const FEED_PATH = '/f/:token{.+\\.ics}';

/** Calendar subscriptions. The token in the path is all that is asked for; nothing else opens them. */
export const FEED_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: FEED_PATH,
    door: 'bare',
    needs: 'nothing',
    handle: ({ service, params, request, source }) => {
      const ifNoneMatch = request.headers.get('If-None-Match');
      return sendFeed(service, { file: params.token ?? '', ifNoneMatch, source });
    },
  },
];
