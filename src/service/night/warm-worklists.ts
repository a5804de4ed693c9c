import type { SchedulerContext } from '../scheduler-context.ts';
import type { WorklistBook } from './worklist-book.ts';

/** What a list is asked for with where nobody says another number. */
export const USUAL_SOON_DAYS = 28;

/**
 * Tells the lists of today of every clinic beforehand, so that the first who asks need not wait until
 * each episode is planned. What cannot be told is told to whoever asks. @throws StoreFault
 */
export async function warmWorklists(context: SchedulerContext, book: WorklistBook): Promise<void> {
  for (const clinic of await context.store.listClinics()) {
    await book.worklist(context, { clinic, soonDays: USUAL_SOON_DAYS });
  }
}
