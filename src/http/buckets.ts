import type { Clock } from '../domain/clock.ts';

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

/** So many keys are kept in mind where nothing else is said. */
const MOST_KEPT = 10_000;
const LONGEST_KEY = 64;

/**
 * Counts requests by some key, and gives each a bucket that fills again by and by. In the memory of one process, in bounds:
 * the bucket that was used longest ago goes first.
 */
export class Buckets {
  readonly #clock: Clock;
  readonly #allowance: Allowance;
  readonly #most: number;
  /** The one that was used longest ago first. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock, allowance: Allowance, most = MOST_KEPT) {
    this.#clock = clock;
    this.#allowance = allowance;
    this.#most = most;
  }

  /** Counts a request. @returns 0, or the whole seconds to wait before the next */
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
