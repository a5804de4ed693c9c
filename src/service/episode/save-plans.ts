import { dayInZone } from '../../domain/clock.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { SavedPlan } from '../../store/due-item.ts';
import { feedPrivacies } from '../calendar/feed-privacies.ts';
import { actNow, type SchedulerContext } from '../scheduler-context.ts';
import { afterChange } from './after-change.ts';
import { dueItems } from './due-items.ts';
import { planStored } from './plan-stored.ts';
import { refreshHandedOut } from './settle-episode.ts';

const BATCH = 500;

/**
 * Keeps the dates of many episodes after they were imported, by the store's numbers. One that cannot be
 * planned, or that was changed meanwhile, is left to the nightly run. `onBatch` hears how many are done.
 */
export async function savePlans(
  context: SchedulerContext,
  { clinic, episodes }: { readonly clinic: Clinic; readonly episodes: readonly number[] },
  onBatch: (done: number) => Promise<void> = async () => {},
): Promise<void> {
  await afterChange(() => saveInBatches(context, { clinic, episodes }, onBatch));
}

async function saveInBatches(
  context: SchedulerContext,
  { clinic, episodes }: { readonly clinic: Clinic; readonly episodes: readonly number[] },
  onBatch: (done: number) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < episodes.length; from += BATCH) {
    const batch = episodes.slice(from, from + BATCH);
    const plans: SavedPlan[] = [];
    for (const episode of batch) {
      const plan = await planOf(context, clinic, episode);
      if (plan !== undefined) plans.push(plan);
    }
    if (plans.length > 0)
      await context.store.savePlans(actNow(context), { clinic: clinic.id, plans });
    await onBatch(from + batch.length);
  }
}

async function planOf(
  context: SchedulerContext,
  clinic: Clinic,
  episode: number,
): Promise<SavedPlan | undefined> {
  const loaded = await context.store.loadCase({ clinic: clinic.id, episode });
  if (loaded.outcome !== 'ok') return undefined;
  const asOf = dayInZone(context.clock(), clinic.zone);
  const stored = loaded.value;
  const { version } = stored;
  // Only a subscription shows an episode that is new, and calendars alone tell reasons.
  const { patientRef } = stored.caseFile.episode;
  const shown = { clinic: clinic.id, episode, patientRef };
  const isHandedOut = version > 1 || (await feedPrivacies(context, shown)).size > 0;
  const plan = await planStored(context, clinic.id, stored, { asOf, explain: isHandedOut });
  if (!plan.ok) return undefined;
  if (isHandedOut) await refreshHandedOut(context, { clinic, episode, version, plan: plan.value });
  return { episode, restsOn: version, items: dueItems(plan.value) };
}
