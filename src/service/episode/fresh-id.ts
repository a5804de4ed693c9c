import type { Result } from '../../store/result.ts';

/** Numbers of one millisecond are few, and others may take some of them; so many in a row are a fault. */
const MOST_ATTEMPTS = 8;

/**
 * Does work under a new number or several, as `make` gives them, and again under others where somebody
 * took one of the first meanwhile.
 */
export async function underFreshId<Ids, T>(
  make: () => Ids,
  work: (ids: Ids) => Promise<Result<T>>,
): Promise<{ readonly id: Ids; readonly result: Result<T> }> {
  for (let attempt = 1; ; attempt += 1) {
    const id = make();
    const result = await work(id);
    const taken = result.outcome === 'refused' && result.why === 'id-taken';
    if (!taken || attempt === MOST_ATTEMPTS) return { id, result };
  }
}
