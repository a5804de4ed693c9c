import type { Clock } from '../../domain/clock.ts';

/** Who tries to sign in, and from where. */
export interface SignInAttempt {
  /** Name of the account as it was typed, in small letters. */
  readonly name: string;
  /** Where the attempt comes from: the address of the client. */
  readonly source: string;
}

interface Failures {
  count: number;
  /** Of the latest, in milliseconds since 1970-01-01T00:00Z. */
  latest: number;
}

const FREE_FOR_NAME = 5;
/** The people of a clinic share the address of its proxy. */
const FREE_FOR_SOURCE = 20;
const FIRST_DELAY_MS = 30_000;
const LONGEST_DELAY_MS = 15 * 60_000;
/** After so long without a failure the earlier ones are forgotten. */
const FORGOTTEN_AFTER_MS = 60 * 60_000;
const MOST_KEPT = 10_000;
const LONGEST_KEY = 64;
/** Passwords that are checked or wait for it: two at once take a part of a second. */
const MOST_AT_WORK = 20;

/**
 * Slows down who guesses passwords: by the name that is tried and by where it comes from, in the memory
 * of one process. After 5 failures of a name (20 of a source) the next attempt has to wait 30 seconds,
 * then twice as long with each failure, up to 15 minutes. What has to wait is not looked at and does not
 * count. An hour without a failure forgets them. A flood of names from many places meets a last bound: so
 * many attempts are at work at once, and no more wait for the dear check of a password.
 */
export class LoginThrottle {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #names = new Map<string, Failures>();
  readonly #sources = new Map<string, Failures>();
  #atWork = 0;

  /** `most`: so many names, and so many sources, are kept in mind. */
  constructor(clock: Clock, most = MOST_KEPT) {
    this.#clock = clock;
    this.#most = most;
  }

  /** Takes one of the places of attempts at work, to be given back with {@link leave}. @returns false: none is free */
  enter(): boolean {
    if (this.#atWork >= MOST_AT_WORK) return false;
    this.#atWork += 1;
    return true;
  }

  leave(): void {
    this.#atWork -= 1;
  }

  /**
   * Begins an attempt. It counts as a failure until {@link succeeded} takes it back, so that attempts at
   * one time are no more than attempts one by one.
   * @returns 0, or the whole seconds to wait before the next
   */
  begin({ name, source }: SignInAttempt): number {
    const now = this.#clock();
    const [ofName, ofSource] = [keyOf(name), keyOf(source)];
    const until = Math.max(
      freeAt(known(this.#names, ofName, now), FREE_FOR_NAME, now),
      freeAt(known(this.#sources, ofSource, now), FREE_FOR_SOURCE, now),
    );
    if (until > now) return Math.ceil((until - now) / 1000);
    this.#count(this.#names, ofName, now);
    this.#count(this.#sources, ofSource, now);
    return 0;
  }

  /** The attempt was no failure: the name begins anew, and its source is one failure better off. */
  succeeded({ name, source }: SignInAttempt): void {
    this.#names.delete(keyOf(name));
    takeBack(this.#sources, keyOf(source));
  }

  /** The attempt came to no end, by a fault of ours: it counts for nothing. */
  failed({ name, source }: SignInAttempt): void {
    takeBack(this.#names, keyOf(name));
    takeBack(this.#sources, keyOf(source));
  }

  #count(failures: Map<string, Failures>, key: string, now: number): void {
    const known = failures.get(key);
    const count = known === undefined || isForgotten(known, now) ? 0 : known.count;
    failures.delete(key);
    if (failures.size >= this.#most) makeRoom(failures, now);
    failures.set(key, { count: count + 1, latest: now });
  }
}

function takeBack(failures: Map<string, Failures>, key: string): void {
  const found = failures.get(key);
  if (found === undefined) return;
  found.count -= 1;
  if (found.count <= 0) failures.delete(key);
}

function keyOf(text: string): string {
  return text.slice(0, LONGEST_KEY);
}

/** What is known of a key. Where the clock was set back since, the wait begins now, and not when it is that late again. */
function known(failures: Map<string, Failures>, key: string, now: number): Failures | undefined {
  const found = failures.get(key);
  if (found !== undefined && found.latest > now) found.latest = now;
  return found;
}

/** When the next attempt may be made. */
function freeAt(failures: Failures | undefined, free: number, now: number): number {
  if (failures === undefined || failures.count < free || isForgotten(failures, now)) return 0;
  const doublings = Math.min(failures.count - free, 10);
  return failures.latest + Math.min(FIRST_DELAY_MS * 2 ** doublings, LONGEST_DELAY_MS);
}

function isForgotten({ latest }: Failures, now: number): boolean {
  return now - latest >= FORGOTTEN_AFTER_MS;
}

/** Whoever failed least, and of these the longest ago, goes first: a flood of names frees none that waits. */
function makeRoom(failures: Map<string, Failures>, now: number): void {
  let least: readonly [string, Failures] | undefined;
  for (const entry of failures) {
    if (isForgotten(entry[1], now)) failures.delete(entry[0]);
    else if (least === undefined || entry[1].count < least[1].count) least = entry;
  }
  if (least !== undefined) failures.delete(least[0]);
}
