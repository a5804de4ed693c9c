import type { Result } from '../store/result.ts';
import type { SchedulerContext } from './scheduler-context.ts';

/** Numbers of one millisecond are few, and others may take some of them; so many in a row are a fault. */
const MOST_ATTEMPTS = 8;

/** Does work under a new number, and again under another one where somebody took the first meanwhile. */
export async function underFreshId<T>(
  { newId }: Pick<SchedulerContext, 'newId'>,
  work: (id: number) => Promise<Result<T>>,
): Promise<{ readonly id: number; readonly result: Result<T> }> {
  for (let attempt = 1; ; attempt += 1) {
    const id = newId();
    const result = await work(id);
    const taken = result.outcome === 'refused' && result.why === 'id-taken';
    if (!taken || attempt === MOST_ATTEMPTS) return { id, result };
  }
}
