import { type Answer, withHeaders } from '../answer.ts';
import type { OpenCall } from '../call.ts';
import { hasAlready, strongTag } from '../conditional.ts';
import { refuse } from '../refuse.ts';
import type { Route } from '../route.ts';

/** Calendar subscriptions. The token in the path is all that is asked for; nothing else opens them. */
export const FEED_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/f/:token{.+\\.ics}',
    door: 'bare',
    needs: 'nothing',
    handle: sendFeed,
  },
];

const SUFFIX = '.ics';

/** Whoever has it asks each time whether it is still the same: 304 costs next to nothing. */
const KEPT = 'private, no-cache';

/**
 * A calendar, or that it is unchanged. Every token that opens nothing is answered alike. A fault of the
 * store is a 503 of the frame: readers keep what they have, and never see an empty calendar.
 */
async function sendFeed(call: OpenCall): Promise<Answer> {
  const { service, source, params, request } = call;
  const { shelf, throttle } = service.feeds;
  const wait = throttle.ofSource(source);
  if (wait > 0) return slowedDown(call, wait);
  const token = (params.token ?? '').slice(0, -SUFFIX.length);
  const feed = await shelf.open(service.access, token);
  if (feed === null) return refuse(call, 'bare', 404);
  const { selector, ready } = feed;
  const waitOfFeed = throttle.ofFeed(selector);
  if (waitOfFeed > 0) return slowedDown(call, waitOfFeed);
  const ETag = strongTag(ready.digest);
  const headers = { ETag, 'Cache-Control': KEPT };
  if (hasAlready(request, ETag)) return { status: 304, headers, body: null };
  return {
    status: 200,
    headers: {
      ...headers,
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Length': String(ready.bytes.length),
    },
    body: ready.bytes,
  };
}

function slowedDown(call: OpenCall, seconds: number): Answer {
  return withHeaders(refuse(call, 'bare', 429), { 'Retry-After': String(seconds) });
}
