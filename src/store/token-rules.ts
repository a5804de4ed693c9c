import type { Act } from './act.ts';
import type { ApiKey, NewApiKey } from './api-key.ts';
import { type NotDone, refused } from './result.ts';
import {
  type NewSubscription,
  SUBSCRIPTION_MAX_MS,
  type Subscription,
  type SubscriptionSubject,
} from './subscription.ts';

/** How API keys and subscriptions begin, for every store. */

export function createdApiKey({ at, actor }: Act, work: NewApiKey): ApiKey | NotDone {
  const { selector, account, digest, label, expiresAt } = work;
  if (expiresAt <= at) return refused('expiry-out-of-range');
  return {
    selector: selector.toWellFormed(),
    account,
    digest: digest.toWellFormed(),
    label: label.toWellFormed(),
    expiresAt,
    createdAt: at,
    createdBy: actor.toWellFormed(),
    revokedAt: null,
  };
}

export function createdSubscription(
  { at, actor }: Act,
  work: NewSubscription,
): Subscription | NotDone {
  const { selector, clinic, digest, subject, privacy, label, expiresAt } = work;
  if (expiresAt <= at || expiresAt > at + SUBSCRIPTION_MAX_MS) {
    return refused('expiry-out-of-range');
  }
  return {
    selector: selector.toWellFormed(),
    clinic,
    digest: digest.toWellFormed(),
    subject: keptSubject(subject),
    privacy,
    label: label.toWellFormed(),
    expiresAt,
    createdAt: at,
    createdBy: actor.toWellFormed(),
    revokedAt: null,
  };
}

/** A subject as it is kept: text is UTF-8, so half a surrogate pair is mended first. */
export function keptSubject(subject: SubscriptionSubject): SubscriptionSubject {
  if (subject.kind !== 'patient') return { ...subject };
  return { kind: 'patient', patientRef: subject.patientRef.toWellFormed() };
}
