import type { Clock } from '../../domain/clock.ts';

/** How many failures are free, and how long whoever failed more often has to wait. */
export interface FailureAllowance {
  readonly free: number;
  /** After the last free failure; twice as long with each one behind it, up to the longest. Milliseconds. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** After so long without a failure the earlier ones are forgotten. */
  readonly forgottenAfterMs: number;
}

interface Failures {
  count: number;
  /** Of the latest, in milliseconds since 1970-01-01T00:00Z. */
  latest: number;
}

const LONGEST_KEY = 128;

/** Failures by some key, in the memory of one process and in bounds. */
export class FailureBook {
  readonly #clock: Clock;
  readonly #allowance: FailureAllowance;
  readonly #most: number;
  readonly #failures = new Map<string, Failures>();

  /** `most`: so many keys are kept in mind. */
  constructor(clock: Clock, allowance: FailureAllowance, most: number) {
    this.#clock = clock;
    this.#allowance = allowance;
    this.#most = most;
  }

  /** 0, or the whole seconds to wait before the next attempt. */
  waitOf(key: string): number {
    const now = this.#clock();
    const found = this.#failures.get(kept(key));
    // Where the clock was set back since, the wait begins now, and not when it is that late again.
    if (found !== undefined && found.latest > now) found.latest = now;
    return Math.max(0, Math.ceil((this.#freeAt(found, now) - now) / 1000));
  }

  count(key: string): void {
    const now = this.#clock();
    const known = this.#failures.get(kept(key));
    const before = known === undefined || this.#isForgotten(known, now) ? 0 : known.count;
    this.#failures.delete(kept(key));
    if (this.#failures.size >= this.#most) this.#makeRoom(now);
    this.#failures.set(kept(key), { count: before + 1, latest: now });
  }

  /** One failure less: it was none. */
  takeBack(key: string): void {
    const found = this.#failures.get(kept(key));
    if (found === undefined) return;
    found.count -= 1;
    if (found.count <= 0) this.#failures.delete(kept(key));
  }

  forget(key: string): void {
    this.#failures.delete(kept(key));
  }

  #freeAt(failures: Failures | undefined, now: number): number {
    const { free, firstWaitMs, longestWaitMs } = this.#allowance;
    if (failures === undefined || failures.count < free) return 0;
    if (this.#isForgotten(failures, now)) return 0;
    const doublings = Math.min(failures.count - free, 10);
    return failures.latest + Math.min(firstWaitMs * 2 ** doublings, longestWaitMs);
  }

  #isForgotten({ latest }: Failures, now: number): boolean {
    return now - latest >= this.#allowance.forgottenAfterMs;
  }

  /** Whoever failed least, and of these the longest ago, goes first: a flood of keys frees none that waits. */
  #makeRoom(now: number): void {
    let least: readonly [string, Failures] | undefined;
    for (const entry of this.#failures) {
      if (this.#isForgotten(entry[1], now)) this.#failures.delete(entry[0]);
      else if (least === undefined || entry[1].count < least[1].count) least = entry;
    }
    if (least !== undefined) this.#failures.delete(least[0]);
  }
}

function kept(key: string): string {
  return key.slice(0, LONGEST_KEY);
}
