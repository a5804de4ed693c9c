import type { Clock } from '../../domain/clock.ts';

/** So many requests at once, and then so many a second. */
export interface Allowance {
  readonly burst: number;
  readonly perSecond: number;
}

interface Bucket {
  left: number;
  /** Milliseconds since 1970-01-01T00:00Z. */
  at: number;
}

/** Services that fetch for many people ask from one address. */
const OF_SOURCE: Allowance = { burst: 300, perSecond: 5 };
/** A calendar program asks a few times an hour; one that loops is slowed down. */
const OF_FEED: Allowance = { burst: 30, perSecond: 0.1 };
const MOST_KEPT = 10_000;
const LONGEST_KEY = 64;

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
    { ofSource = OF_SOURCE, ofFeed = OF_FEED, most = MOST_KEPT }: FeedThrottleSettings = {},
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

class Buckets {
  readonly #clock: Clock;
  readonly #allowance: Allowance;
  readonly #most: number;
  /** The one that was used longest ago first. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock, allowance: Allowance, most: number) {
    this.#clock = clock;
    this.#allowance = allowance;
    this.#most = most;
  }

  take(whose: string): number {
    const { burst, perSecond } = this.#allowance;
    const key = whose.slice(0, LONGEST_KEY);
    const now = this.#clock();
    const bucket = this.#buckets.get(key) ?? this.#added(now);
    // A clock that was set back gives nothing and takes nothing.
    const seconds = Math.max(0, now - bucket.at) / 1000;
    bucket.left = Math.min(burst, bucket.left + seconds * perSecond);
    bucket.at = now;
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (bucket.left < 1) return Math.max(1, Math.ceil((1 - bucket.left) / perSecond));
    bucket.left -= 1;
    return 0;
  }

  #added(now: number): Bucket {
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size < this.#most) break;
      this.#buckets.delete(oldest);
    }
    return { left: this.#allowance.burst, at: now };
  }
}
