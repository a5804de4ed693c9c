import { showFound } from '../../domain/problem.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { fail, notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';

/** The episode of a clinic by the clinic's own id for it. */
export async function findEpisode(
  { store }: Pick<SchedulerContext, 'store'>,
  clinic: Clinic,
  externalId: string,
): Promise<ServiceOutcome<StoredCase>> {
  const [head] = await store.findEpisodes(clinic.id, { externalId });
  if (head === undefined) {
    return fail('not-found', {
      path: 'episode',
      message: `clinic ${clinic.code} has no such episode`,
      found: showFound(externalId),
      mend: 'cryowatch episode list shows what there is',
    });
  }
  const loaded = await store.loadCase({ clinic: clinic.id, episode: head.id });
  return loaded.outcome === 'ok' ? succeed(loaded.value) : notDone(loaded);
}
