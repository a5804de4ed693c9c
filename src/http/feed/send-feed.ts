import { type Answer, withHeaders } from '../answer.ts';
import { bareRefusal } from '../bare-refusal.ts';
import { hasAlready, strongTag } from '../conditional.ts';
import type { HttpService } from '../service.ts';

/** All that is looked at of a request for a calendar. */
export interface FeedRequest {
  /** The last part of the path, `<selector>.<verifier>.ics`. */
  readonly file: string;
  /** The header If-None-Match; null: none. */
  readonly ifNoneMatch: string | null;
  /** The network of the client, for throttles. */
  readonly source: string;
}

const SUFFIX = '.ics';

/** Whoever has it asks each time whether it is still the same: 304 costs next to nothing. */
const KEPT = 'private, no-cache';

/**
 * A calendar, or that it is unchanged. Every token that opens nothing is answered alike. A fault of the
 * store is a 503 of the frame: readers keep what they have, and never see an empty calendar.
 */
export async function sendFeed(
  { access, feeds: { shelf, throttle } }: HttpService,
  { file, ifNoneMatch, source }: FeedRequest,
): Promise<Answer> {
  const wait = throttle.ofSource(source);
  if (wait > 0) return slowedDown(wait);
  const feed = await shelf.open(access, file.slice(0, -SUFFIX.length));
  if (feed === null) return bareRefusal(404);
  const { selector, ready } = feed;
  const waitOfFeed = throttle.ofFeed(selector);
  if (waitOfFeed > 0) return slowedDown(waitOfFeed);
  const ETag = strongTag(ready.digest);
  const headers = { ETag, 'Cache-Control': KEPT };
  if (hasAlready(ifNoneMatch, ETag)) return { status: 304, headers, body: null };
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

function slowedDown(seconds: number): Answer {
  return withHeaders(bareRefusal(429), { 'Retry-After': String(seconds) });
}
