import type { Day } from '../../domain/civil-date.ts';
import { dayInZone } from '../../domain/clock.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import type { WorklistBook } from './worklist-book.ts';

/** What a list is asked for with where nobody says another number. */
export const USUAL_SOON_DAYS = 28;

/**
 * Tells the list of each clinic beforehand, once for each of its days, so that the first who asks need
 * not wait until every episode is planned. What cannot be told is told to whoever asks.
 */
export class WorklistWarmer {
  readonly #context: SchedulerContext;
  readonly #book: WorklistBook;
  /** The newest day of which the list of a clinic was told, by the clinic's number. */
  readonly #told = new Map<number, Day>();

  constructor(context: SchedulerContext, book: WorklistBook) {
    this.#context = context;
    this.#book = book;
  }

  /** To be called again and again; it costs next to nothing while no clinic has a new day. @throws StoreFault */
  async warm(): Promise<void> {
    const { store, clock } = this.#context;
    for (const clinic of await store.listClinics()) {
      const day = dayInZone(clock(), clinic.zone);
      if (this.#told.get(clinic.id) === day) continue;
      const request = { clinic, soonDays: USUAL_SOON_DAYS };
      const told = await this.#book.worklist(this.#context, request);
      // What cannot be told will not be told a minute later, but where too many were at work.
      if (told.ok || told.fault !== 'busy') this.#told.set(clinic.id, day);
    }
  }
}
