import { fail, type ServiceOutcome } from '../service-outcome.ts';
import type { AccessContext } from './access-context.ts';
import { type OpenedSubscription, openSubscription } from './open-subscription.ts';
import {
  ownSubscription,
  revokeSubscription,
  type SubscriptionScope,
} from './revoke-subscription.ts';

/** A subscription whose address became known, and how long the new one holds, 1 to 365 days. */
export interface Rotation extends SubscriptionScope {
  readonly days: number;
}

/**
 * Gives a subscription a new address; the old one opens nothing from now on. It may be expired, but not
 * revoked: what was ended stays so. The new one is made first, so that a fault leaves a subscription that works.
 */
export async function rotateSubscription(
  access: AccessContext,
  { days, ...scope }: Rotation,
): Promise<ServiceOutcome<OpenedSubscription>> {
  const found = await ownSubscription(access, scope);
  if (!found.ok) return found;
  const { subject, privacy, label, revokedAt } = found.value;
  if (revokedAt !== null) return REVOKED;
  const { clinic, caller } = scope;
  const opened = await openSubscription(access, {
    clinic,
    subject,
    privacy,
    label,
    days,
    caller,
  });
  if (!opened.ok) return opened;
  const revoked = await revokeSubscription(access, scope);
  if (revoked.ok && revoked.value.changed) return opened;
  // Somebody else ended it meanwhile: theirs is the address that counts, if they made one.
  const { selector } = opened.value.subscription;
  await revokeSubscription(access, { ...scope, selector });
  return revoked.ok ? REVOKED : revoked;
}

const REVOKED = fail('conflict', {
  path: '',
  message: 'the subscription was revoked',
  mend: 'make a new one',
});
