import type { Clock } from '../../domain/clock.ts';
import { type FailureAllowance, FailureBook } from './failure-book.ts';
import { KnownNetworks } from './known-networks.ts';
import { pairOf, type SignInAttempt } from './sign-in-attempt.ts';
import { WaitingLine } from './waiting-line.ts';

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
/** Who waits for a place among these: with them all of a clinic that begins its day. */
const MOST_IN_LINE = 60;
/** By then those that are at work are done. */
const CROWD_SECONDS = 5;

/** Attempts at work, and those who wait in line for their place. */
class Crowd {
  atWork = 0;
  readonly line = new WaitingLine<BegunAttempt>(MOST_IN_LINE);
}

function isCrowded(begun: BegunAttempt): boolean {
  return !begun.ok && begun.why === 'crowd';
}

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
  readonly #crowds = { known: new Crowd(), strange: new Crowd() };

  /** `most`: so many names, networks and pairs of them are kept in mind. */
  constructor(clock: Clock, most = MOST_KEPT) {
    this.#pairs = new FailureBook(clock, OF_PAIR, most);
    this.#sources = new FailureBook(clock, OF_SOURCE, most);
    this.#names = new FailureBook(clock, OF_NAME, most);
    this.#known = new KnownNetworks(clock, most);
  }

  /**
   * Begins an attempt now, or not at all. Until it ends it may be a failure: no more are begun at one time
   * than could fail one by one.
   */
  begin(attempt: SignInAttempt): BegunAttempt {
    const isKnown = this.#known.has(attempt);
    const counts = this.#countsOf(attempt, isKnown);
    const waitSeconds = Math.max(...counts.map(({ book, key }) => book.waitOf(key)));
    if (waitSeconds > 0) return { ok: false, why: 'failures', waitSeconds };
    const crowd = this.#crowdOf(isKnown);
    if (crowd.atWork >= MOST_AT_WORK || counts.some(({ book, key }) => book.isFull(key))) {
      return { ok: false, why: 'crowd', waitSeconds: CROWD_SECONDS };
    }
    crowd.atWork += 1;
    for (const { book, key } of counts) book.begin(key);
    const end = (how: AttemptEnd) => {
      crowd.atWork -= 1;
      for (const { book, key } of counts) book.end(key, how === 'wrong');
      if (how === 'proven') this.#proven(attempt);
      this.#crowds.known.line.moveOn();
      this.#crowds.strange.line.moveOn();
    };
    return { ok: true, end };
  }

  /** The same, where there is a crowd as soon as others have ended. */
  async beginInTurn(attempt: SignInAttempt): Promise<BegunAttempt> {
    const now = this.begin(attempt);
    if (!isCrowded(now)) return now;
    const { line } = this.#crowdOf(this.#known.has(attempt));
    const later = line.wait(() => {
      const begun = this.begin(attempt);
      return isCrowded(begun) ? undefined : begun;
    });
    return (await later) ?? now;
  }

  #crowdOf(isKnown: boolean): Crowd {
    return isKnown ? this.#crowds.known : this.#crowds.strange;
  }

  #countsOf(attempt: SignInAttempt, isKnown: boolean) {
    const { name, source } = attempt;
    const ofPair = { book: this.#pairs, key: pairOf(attempt) };
    if (isKnown) return [ofPair];
    return [ofPair, { book: this.#sources, key: source }, { book: this.#names, key: name }];
  }

  /** Guesses of others at the account, and at others from the network, still count. */
  #proven(attempt: SignInAttempt): void {
    this.#pairs.forgive(pairOf(attempt));
    this.#known.add(attempt);
  }
}
