import { randomInt } from 'node:crypto';

const seed = Number(process.env.TORTURE_SEED ?? randomInt(2 ** 31));

/** Chance that a seed repeats: the moments themselves depend on the machine. */
export class Chance {
  #state: number;

  /** `name` keeps the parts of a run apart; the seed is printed. */
  constructor(name: string) {
    this.#state = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, seed);
    console.log(`torture ${name}: TORTURE_SEED=${seed}`);
  }

  /** From 0 to below 1. The generator is mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }
}
