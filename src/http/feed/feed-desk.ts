import type { Clock } from '../../domain/clock.ts';
import { FeedShelf } from '../../service/calendar/feed-shelf.ts';
import { FeedThrottle } from './feed-throttle.ts';
import { nextTurn } from './next-turn.ts';

/** What calendars that are asked for again and again need, in the memory of one process and in bounds. */
export interface FeedDesk {
  readonly shelf: FeedShelf;
  readonly throttle: FeedThrottle;
}

/** Nothing made, and nobody slowed down. */
export function newFeedDesk(clock: Clock): FeedDesk {
  return { shelf: new FeedShelf(nextTurn), throttle: new FeedThrottle(clock) };
}
