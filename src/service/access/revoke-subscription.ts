import type { Clinic } from '../../store/clinic.ts';
import type { Subscription } from '../../store/subscription.ts';
import { fail, notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import type { AccessContext } from './access-context.ts';
import { actOfCaller } from './caller-of-account.ts';
import { notAllowed } from './not-allowed.ts';
import { type Caller, may } from './permission.ts';

/** Which subscription, and who asks: whoever made it, or who administers the clinic. */
export interface SubscriptionScope {
  readonly clinic: Clinic;
  readonly selector: string;
  readonly caller: Caller;
}

/** Ends a subscription for ever, at once. `changed` is false where it was revoked before. */
export async function revokeSubscription(
  access: Pick<AccessContext, 'store' | 'clock'>,
  scope: SubscriptionScope,
): Promise<ServiceOutcome<{ readonly changed: boolean }>> {
  const found = await ownSubscription(access, scope);
  if (!found.ok) return found;
  const { clinic, selector, caller } = scope;
  const act = actOfCaller(access, caller);
  const revoked = await access.store.revokeSubscription(act, { clinic: clinic.id, selector });
  return revoked.outcome === 'ok' ? succeed(revoked.value) : notDone(revoked);
}

/** The subscription, if the caller may end it. One of another clinic is not there. */
export async function ownSubscription(
  { store }: Pick<AccessContext, 'store'>,
  { clinic, selector, caller }: SubscriptionScope,
): Promise<ServiceOutcome<Subscription>> {
  if (!may(caller, clinic.id, 'subscribe')) return notAllowed('change calendar subscriptions');
  const found = await store.findSubscription(selector);
  if (found.outcome !== 'ok') return notDone(found);
  if (found.value.clinic !== clinic.id) {
    return notDone({ outcome: 'not-found', what: 'subscription' });
  }
  const isOwn = found.value.createdBy === caller.name;
  if (isOwn || may(caller, clinic.id, 'administer')) return succeed(found.value);
  return fail('refused', {
    path: '',
    message: `this subscription was made by ${found.value.createdBy}`,
    mend: 'ask them, or whoever administers the clinic',
  });
}
