import type { Answer } from '../answer.ts';
import { bareRefusal } from '../bare-refusal.ts';
import { inFrame } from '../frame.ts';
import type { HttpService } from '../service.ts';
import { FEED_PATH } from './feed-routes.ts';
import { type FeedRequest, sendFeed } from './send-feed.ts';

/** Answers a GET or a HEAD of a calendar. */
export type FeedDoor = (method: string, asked: FeedRequest) => Promise<Answer>;

/**
 * A shorter way to the calendars, which are asked for far more often than all else: without router, `Request`,
 * session and form, none of which they look at. What it answers, logs and counts is what the route does.
 */
export function feedDoor(service: HttpService): FeedDoor {
  return (method, asked) => {
    const framed = { route: FEED_PATH, method, account: null, episode: null };
    return inFrame(service, framed, () => sendFeed(service, asked), bareRefusal);
  };
}

/** The file of a path that needs no decoding; null: another path, or one that the router must look at. */
export function plainFeedFile(path: string): string | null {
  return PLAIN.exec(path)?.[1] ?? null;
}

const PLAIN = /^\/f\/([\w.~-]+\.ics)$/;
