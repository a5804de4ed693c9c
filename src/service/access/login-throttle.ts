import type { Clock } from '../../domain/clock.ts';
import { type FailureAllowance, FailureBook } from './failure-book.ts';
import { KnownNetworks } from './known-networks.ts';
import { pairOf, type SignInAttempt } from './sign-in-attempt.ts';

/**
 * How an attempt ended: `proven`, the password was right; `wrong`; `fault`, it came to no end by a fault of
 * ours, and counts for nothing.
 */
export type AttemptEnd = 'proven' | 'wrong' | 'fault';

/** An attempt that may be made, to be ended once; or how long to wait, in whole seconds. */
type BegunAttempt =
  | { readonly ok: true; readonly end: (how: AttemptEnd) => void }
  | { readonly ok: false; readonly why: 'failures' | 'crowd'; readonly waitSeconds: number };

const MINUTE_MS = 60_000;

/** Of one account from one network. */
const OF_PAIR: FailureAllowance = {
  free: 5,
  firstWaitMs: MINUTE_MS / 2,
  longestWaitMs: 15 * MINUTE_MS,
  forgottenAfterMs: 60 * MINUTE_MS,
};
/** Of one network, whatever account: the people of a clinic share one. */
const OF_SOURCE: FailureAllowance = { ...OF_PAIR, free: 20 };
/** Of one account, from wherever: 100, then one in 3 minutes, which makes 580 on the first day and 480 on each other. */
const OF_NAME: FailureAllowance = {
  free: 100,
  firstWaitMs: 3 * MINUTE_MS,
  longestWaitMs: 3 * MINUTE_MS,
  forgottenAfterMs: 24 * 60 * MINUTE_MS,
};
const MOST_KEPT = 10_000;
/** Passwords that are checked or wait for it: two at once take a part of a second. */
const MOST_AT_WORK = 20;
/** By then those that are at work are done. */
const CROWD_SECONDS = 5;

/**
 * Slows down who guesses passwords, without locking out whose password is guessed. Strict is what counts one
 * account from one network; what counts a network, or an account from wherever, leaves out those who signed in
 * from the network before. So a stranger elsewhere keeps nobody waiting at their usual place, and guesses from
 * many places are still bounded. An attempt that has to wait is not looked at and does not count. All of it
 * is in the memory of one process.
 */
export class LoginThrottle {
  readonly #pairs: FailureBook;
  readonly #sources: FailureBook;
  readonly #names: FailureBook;
  readonly #known: KnownNetworks;
  /** Two crowds, so that a flood of strangers leaves room for those who are known. */
  readonly #atWork = { known: 0, strange: 0 };

  /** `most`: so many names, networks and pairs of them are kept in mind. */
  constructor(clock: Clock, most = MOST_KEPT) {
    this.#pairs = new FailureBook(clock, OF_PAIR, most);
    this.#sources = new FailureBook(clock, OF_SOURCE, most);
    this.#names = new FailureBook(clock, OF_NAME, most);
    this.#known = new KnownNetworks(clock, most);
  }

  /**
   * Begins an attempt. It counts as a failure until it ends otherwise, so that attempts at one time are no
   * more than attempts one by one.
   */
  begin(attempt: SignInAttempt): BegunAttempt {
    const isKnown = this.#known.has(attempt);
    const counts = this.#countsOf(attempt, isKnown);
    const waitSeconds = Math.max(...counts.map(({ book, key }) => book.waitOf(key)));
    if (waitSeconds > 0) return { ok: false, why: 'failures', waitSeconds };
    const crowd = isKnown ? 'known' : 'strange';
    if (this.#atWork[crowd] >= MOST_AT_WORK) {
      return { ok: false, why: 'crowd', waitSeconds: CROWD_SECONDS };
    }
    this.#atWork[crowd] += 1;
    for (const { book, key } of counts) book.count(key);
    const end = (how: AttemptEnd) => {
      this.#atWork[crowd] -= 1;
      if (how === 'wrong') return;
      for (const { book, key } of counts) book.takeBack(key);
      if (how === 'proven') this.#proven(attempt);
    };
    return { ok: true, end };
  }

  #countsOf(attempt: SignInAttempt, isKnown: boolean) {
    const { name, source } = attempt;
    const ofPair = { book: this.#pairs, key: pairOf(attempt) };
    if (isKnown) return [ofPair];
    return [ofPair, { book: this.#sources, key: source }, { book: this.#names, key: name }];
  }

  /** Guesses of others at the account, and at others from the network, still count. */
  #proven(attempt: SignInAttempt): void {
    this.#pairs.forget(pairOf(attempt));
    this.#known.add(attempt);
  }
}
