import type { Clinic } from '../../store/clinic.ts';
import type { SubscriptionSubject } from '../../store/subscription.ts';
import type { AccessContext } from './access-context.ts';
import { type SubscriptionRow, subscriptionRow } from './subscription-row.ts';

/** The subscriptions of a clinic, or those of one subject in it, in the order of making, ended ones too. */
export async function listSubscriptions(
  { store, clock }: Pick<AccessContext, 'store' | 'clock'>,
  clinic: Clinic,
  subject?: SubscriptionSubject,
): Promise<readonly SubscriptionRow[]> {
  const kept = await store.listSubscriptions({ clinic: clinic.id, subject });
  const now = clock();
  return kept.map((each) => subscriptionRow(each, now));
}
