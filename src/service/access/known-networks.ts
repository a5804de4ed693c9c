import type { Clock } from '../../domain/clock.ts';
import { pairOf, type SignInAttempt } from './sign-in-attempt.ts';

/** So long after the last sign-in from there a network is still known. */
const KNOWN_MS = 30 * 24 * 60 * 60_000;

/**
 * From which networks people signed in: an account is known there, and nowhere else. In the memory of one
 * process: after a restart none is known until somebody signs in from it.
 */
export class KnownNetworks {
  readonly #clock: Clock;
  readonly #most: number;
  /** When each was last signed in from, the longest ago first. */
  readonly #seen = new Map<string, number>();

  constructor(clock: Clock, most: number) {
    this.#clock = clock;
    this.#most = most;
  }

  has(attempt: SignInAttempt): boolean {
    const seen = this.#seen.get(pairOf(attempt));
    return seen !== undefined && Math.abs(this.#clock() - seen) < KNOWN_MS;
  }

  /** Somebody signed in from there. */
  add(attempt: SignInAttempt): void {
    const pair = pairOf(attempt);
    this.#seen.delete(pair);
    for (const oldest of this.#seen.keys()) {
      if (this.#seen.size < this.#most) break;
      this.#seen.delete(oldest);
    }
    this.#seen.set(pair, this.#clock());
  }
}
