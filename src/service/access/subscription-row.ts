import type { Subscription } from '../../store/subscription.ts';
import { stateOf, type TokenState } from './token-state.ts';

/** A calendar subscription as it is shown, without what proves it. */
export interface SubscriptionRow extends Omit<Subscription, 'digest' | 'revokedAt'> {
  readonly state: TokenState;
}

export function subscriptionRow(subscription: Subscription, now: number): SubscriptionRow {
  const { selector, clinic, subject, privacy, label, ...rest } = subscription;
  const { expiresAt, createdAt, createdBy } = rest;
  const state = stateOf(subscription, now);
  return { selector, clinic, subject, privacy, label, expiresAt, createdAt, createdBy, state };
}
