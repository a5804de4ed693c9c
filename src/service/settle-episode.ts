import type { Plan } from '../plan/plan.ts';
import type { EpisodeScope } from '../store/stored-case.ts';
import { dueItems } from './due-items.ts';
import { actNow, type SchedulerContext } from './scheduler-context.ts';

/**
 * Keeps what follows from a change of an episode: its dates. Where the episode has moved on since,
 * nothing is kept: whoever changed it keeps the newer ones, and the nightly run looks after the rest.
 */
export async function settleEpisode(
  context: SchedulerContext,
  { clinic, episode }: EpisodeScope,
  { plan, version }: { readonly plan: Plan; readonly version: number },
): Promise<void> {
  const plans = [{ episode, restsOn: version, items: dueItems(plan) }];
  await context.store.savePlans(actNow(context), { clinic, plans });
}
