const BYTES = 8;
/** So many are made of one draw: a draw costs much more than a few bytes of it. */
const AT_ONCE = 256;

/** Numbers of requests, 64 bits of chance each, by which a line of the log is found again. */
export class RequestIds {
  readonly #chance: (bytes: number) => Uint8Array;
  #drawn = Buffer.alloc(0);
  #at = 0;

  constructor(chance: (bytes: number) => Uint8Array) {
    this.#chance = chance;
  }

  /** 16 hexadecimal digits. */
  next(): string {
    if (this.#at === this.#drawn.length) {
      this.#drawn = Buffer.from(this.#chance(BYTES * AT_ONCE));
      this.#at = 0;
    }
    const from = this.#at;
    this.#at += BYTES;
    return this.#drawn.toString('hex', from, this.#at);
  }
}
