/** Something that waits for a place. */
interface Waiting<T> {
  /** Undefined: there is none for it yet. */
  readonly begin: () => T | undefined;
  readonly begun: (value: T) => void;
}

/** Those who wait for a place, in the order in which they came, and no more than so many. */
export class WaitingLine<T> {
  readonly #most: number;
  #waiting: readonly Waiting<T>[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Begins when there is a place. Undefined: too many wait already. */
  wait(begin: () => T | undefined): Promise<T> | undefined {
    if (this.#waiting.length >= this.#most) return undefined;
    return new Promise((begun) => {
      this.#waiting = [...this.#waiting, { begin, begun }];
    });
  }

  /** A place became free: whoever may now begins. Whoever may not keeps nobody behind them. */
  moveOn(): void {
    this.#waiting = this.#waiting.filter(({ begin, begun }) => {
      const value = begin();
      if (value !== undefined) begun(value);
      return value === undefined;
    });
  }
}
