import { fail, notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import type { AccessContext } from './access-context.ts';
import { actOfCaller } from './caller-of-account.ts';
import type { OpenedSubscription } from './open-subscription.ts';
import { ownSubscription, type SubscriptionScope } from './revoke-subscription.ts';
import { draftSubscription } from './subscription-draft.ts';
import { noRoomProblem } from './subscription-room.ts';
import { subscriptionRow } from './subscription-row.ts';
import { stateOf } from './token-state.ts';
import { makeToken, tokenText } from './tokens.ts';

/** A subscription whose address became known, and how long the new one holds, 1 to 365 days. */
export interface Rotation extends SubscriptionScope {
  readonly days: number;
}

/**
 * Gives a subscription a new address; the old one opens nothing from now on. It may be expired, but not
 * revoked: what was ended stays so. Both happen or none, so that a fault leaves a subscription that works.
 */
export async function rotateSubscription(
  access: AccessContext,
  { days, ...scope }: Rotation,
): Promise<ServiceOutcome<OpenedSubscription>> {
  const found = await ownSubscription(access, scope);
  if (!found.ok) return found;
  const { clinic, caller, selector } = scope;
  const { subject, privacy, label, revokedAt } = found.value;
  if (revokedAt !== null) return REVOKED;
  const act = actOfCaller(access, caller);
  const token = makeToken(access);
  const work = { clinic, caller, subject, privacy, label, days };
  const draft = await draftSubscription(access, work, token, act);
  if (!draft.ok) return draft;
  // One that works makes room for its new address.
  const noRoom =
    stateOf(found.value, act.at) === 'active' ? undefined : await noRoomProblem(access, work);
  if (noRoom !== undefined) return fail('refused', noRoom);
  const replaced = await access.store.replaceSubscription(act, { selector, by: draft.value });
  if (replaced.outcome !== 'ok') return notDone(replaced);
  if (!replaced.value.changed) return REVOKED;
  const kept = { ...draft.value, createdAt: act.at, createdBy: act.actor, revokedAt: null };
  return succeed({ token: tokenText(token), subscription: subscriptionRow(kept, act.at) });
}

const REVOKED = fail('conflict', {
  path: '',
  message: 'the subscription was revoked',
  mend: 'make a new one',
});
