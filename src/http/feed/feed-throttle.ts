import type { Clock } from '../../domain/clock.ts';
import { type Allowance, Buckets } from '../buckets.ts';

/** Services that fetch for many people ask from one address. */
const OF_SOURCE: Allowance = { burst: 300, perSecond: 5 };
/** A calendar program asks a few times an hour; one that loops is slowed down. */
const OF_FEED: Allowance = { burst: 30, perSecond: 0.1 };

/**
 * How often calendars may be asked for: by where a request comes from, whatever it asks for, and by the
 * subscription that it opened. A token that opens nothing counts for its source alone, so that nobody
 * can lock out a subscription whose selector they know. Kept in the memory of one process, in bounds.
 */
export class FeedThrottle {
  readonly #sources: Buckets;
  readonly #feeds: Buckets;

  constructor(
    clock: Clock,
    { ofSource = OF_SOURCE, ofFeed = OF_FEED, most }: FeedThrottleSettings = {},
  ) {
    this.#sources = new Buckets(clock, ofSource, most);
    this.#feeds = new Buckets(clock, ofFeed, most);
  }

  /** Counts a request. @returns 0, or the whole seconds to wait before the next */
  ofSource(source: string): number {
    return this.#sources.take(source);
  }

  /** Counts an opened subscription. @returns 0, or the whole seconds to wait before the next */
  ofFeed(selector: string): number {
    return this.#feeds.take(selector);
  }
}

export interface FeedThrottleSettings {
  readonly ofSource?: Allowance | undefined;
  readonly ofFeed?: Allowance | undefined;
  /** So many sources, and so many subscriptions, are kept in mind. */
  readonly most?: number | undefined;
}
