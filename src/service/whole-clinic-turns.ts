import { fail, type ServiceFailure, type ServiceOutcome } from './service-outcome.ts';

/** At work and waiting, of everybody. */
const MOST = 12;
/** At work and waiting, of one account: two windows of one browser. */
const MOST_OF_ONE = 2;

/**
 * Work that plans every episode of a clinic, one piece at a time in a process. Whoever asks while others are at it
 * waits in a queue with bounds; beyond them the answer is `busy`, at once. So nobody keeps the service from all else
 * by asking for one list after the other.
 */
export class WholeClinicTurns {
  /** How many pieces each has, by the name of the account. */
  readonly #pieces = new Map<string, number>();
  #all = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** Does work when it is its turn. Work must not ask for another turn. */
  async take<T>(who: string, work: () => Promise<ServiceOutcome<T>>): Promise<ServiceOutcome<T>> {
    const own = this.#pieces.get(who) ?? 0;
    if (own >= MOST_OF_ONE) return OWN_AT_WORK;
    if (this.#all >= MOST) return ALL_AT_WORK;
    this.#all += 1;
    this.#pieces.set(who, own + 1);
    // What went wrong before is told to whoever asked for it.
    const mine = this.#last.then(work, work);
    this.#last = mine;
    try {
      return await mine;
    } finally {
      this.#all -= 1;
      const left = (this.#pieces.get(who) ?? 1) - 1;
      if (left === 0) this.#pieces.delete(who);
      else this.#pieces.set(who, left);
    }
  }
}

const OWN_AT_WORK = busy('this account asked for other whole clinics, which are still worked at');
const ALL_AT_WORK = busy('too many ask for whole clinics at this moment');

function busy(message: string): ServiceFailure {
  return fail('busy', { path: '', message, mend: 'wait some seconds, then try again' });
}
