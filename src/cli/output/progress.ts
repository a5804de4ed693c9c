import type { Clock } from '../../domain/clock.ts';
import type { CaseTexts } from '../input/read-cases.ts';
import type { Sink } from '../surroundings.ts';

const BETWEEN_UPDATES_MS = 250;

/** One line on standard error that says how far a long run is; nothing where it is not wanted. */
export class Progress {
  readonly #sink: Sink;
  readonly #clock: Clock;
  readonly #texts: Pick<CaseTexts, 'totalBytes' | 'bytesRead'>;
  readonly #wanted: boolean;
  #next: number;
  #shown = false;

  constructor(
    sink: Sink,
    clock: Clock,
    texts: Pick<CaseTexts, 'totalBytes' | 'bytesRead'>,
    wanted: boolean,
  ) {
    this.#wanted = wanted;
    this.#sink = sink;
    this.#clock = clock;
    this.#texts = texts;
    this.#next = clock() + BETWEEN_UPDATES_MS;
  }

  async show(cases: number): Promise<void> {
    if (!this.#wanted) return;
    const now = this.#clock();
    if (now < this.#next) return;
    this.#next = now + BETWEEN_UPDATES_MS;
    const { totalBytes } = this.#texts;
    const share =
      totalBytes === null || totalBytes === 0
        ? ''
        : `, ${Math.min(100, Math.floor((this.#texts.bytesRead() * 100) / totalBytes))} %`;
    this.#shown = true;
    await this.#sink.write(`\r\u001B[K${cases} cases${share}`);
  }

  async clear(): Promise<void> {
    if (!this.#shown) return;
    this.#shown = false;
    await this.#sink.write('\r\u001B[K');
  }
}
