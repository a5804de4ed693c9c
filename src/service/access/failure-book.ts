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

interface Tally {
  /** That happened. */
  failures: number;
  /** When the latest did, in milliseconds since 1970-01-01T00:00Z. */
  latest: number;
  /** Attempts of which nobody knows yet whether they fail. */
  atWork: number;
}

/** Failures by some key, in the memory of one process and in bounds. Keys are short. */
export class FailureBook {
  readonly #clock: Clock;
  readonly #allowance: FailureAllowance;
  readonly #most: number;
  /** Whose latest failure is the longest ago first. */
  readonly #tallies = new Map<string, Tally>();

  /** `most`: so many keys are kept in mind, and those at work. */
  constructor(clock: Clock, allowance: FailureAllowance, most: number) {
    this.#clock = clock;
    this.#allowance = allowance;
    this.#most = most;
  }

  /** 0, or the whole seconds to wait before the next attempt. */
  waitOf(key: string): number {
    const tally = this.#current(key);
    const { free, firstWaitMs, longestWaitMs } = this.#allowance;
    if (tally === undefined || tally.failures < free) return 0;
    const doublings = Math.min(tally.failures - free, 10);
    const freeAt = tally.latest + Math.min(firstWaitMs * 2 ** doublings, longestWaitMs);
    return Math.max(0, Math.ceil((freeAt - this.#clock()) / 1000));
  }

  /**
   * Whether those at work would use up all that is free if they fail, so that attempts at one time are no more
   * than attempts one by one. After the free ones there is one at a time.
   */
  isFull(key: string): boolean {
    const { failures, atWork } = this.#current(key) ?? NONE;
    return atWork >= Math.max(1, this.#allowance.free - failures);
  }

  /** An attempt begins, to be ended once. */
  begin(key: string): void {
    const tally = this.#current(key) ?? { ...NONE };
    tally.atWork += 1;
    this.#tallies.set(key, tally);
  }

  end(key: string, hasFailed: boolean): void {
    const tally = this.#current(key);
    if (tally === undefined) return;
    tally.atWork -= 1;
    if (hasFailed) this.#failed(key, tally);
    else this.#dropIfEmpty(key, tally);
  }

  /** Forgets the failures of before. */
  forgive(key: string): void {
    const tally = this.#current(key);
    if (tally === undefined) return;
    tally.failures = 0;
    this.#dropIfEmpty(key, tally);
  }

  /** Without the failures that are forgotten by now. */
  #current(key: string): Tally | undefined {
    const tally = this.#tallies.get(key);
    if (tally === undefined) return undefined;
    const now = this.#clock();
    // Where the clock was set back since, the wait begins now, and not when it is that late again.
    if (tally.latest > now) tally.latest = now;
    if (this.#isForgotten(tally, now)) tally.failures = 0;
    return tally;
  }

  #failed(key: string, tally: Tally): void {
    tally.failures += 1;
    tally.latest = this.#clock();
    this.#tallies.delete(key);
    if (this.#tallies.size >= this.#most) this.#makeRoom();
    this.#tallies.set(key, tally);
  }

  #isForgotten({ latest }: Tally, now: number): boolean {
    return now - latest >= this.#allowance.forgottenAfterMs;
  }

  #dropIfEmpty(key: string, { failures, atWork }: Tally): void {
    if (failures === 0 && atWork === 0) this.#tallies.delete(key);
  }

  /** Whoever failed least, and of these the longest ago, goes first: a flood of keys frees none that waits. */
  #makeRoom(): void {
    const now = this.#clock();
    let least: readonly [string, Tally] | undefined;
    for (const entry of this.#tallies) {
      const [key, tally] = entry;
      if (tally.atWork > 0) continue;
      if (this.#isForgotten(tally, now)) this.#tallies.delete(key);
      else if (least === undefined || tally.failures < least[1].failures) least = entry;
    }
    if (least !== undefined) this.#tallies.delete(least[0]);
  }
}

const NONE: Readonly<Tally> = { failures: 0, latest: 0, atWork: 0 };
