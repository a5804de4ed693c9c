import type { CalendarPrivacy } from '../domain/calendar-privacy.ts';

/** The longest that a subscription may hold, in milliseconds: 365 days. promises.md, "Security". */
export const SUBSCRIPTION_MAX_MS = 365 * 24 * 60 * 60 * 1000;

/** Whose calendar a subscription shows. */
export type SubscriptionSubject =
  | { readonly kind: 'patient'; readonly patientRef: string }
  /** The episodes that an account is responsible for. */
  | { readonly kind: 'clinician'; readonly account: number }
  | { readonly kind: 'clinic' };

/** A calendar subscription to create. */
export interface NewSubscription {
  /** The half of the token that finds it; made by chance, unique in the store. */
  readonly selector: string;
  readonly clinic: number;
  /** A keyed digest of the other half. The service compares; the store keeps no secret. */
  readonly digest: string;
  readonly subject: SubscriptionSubject;
  readonly privacy: CalendarPrivacy;
  /** Where it is used, in the words of who made it; never a patient's name. */
  readonly label: string;
  /** The first moment at which it no longer counts, at most `SUBSCRIPTION_MAX_MS` from the act. */
  readonly expiresAt: number;
}

/** A subscription as it stands; a revoked or an expired one stays, and counts for nothing. */
export interface Subscription extends NewSubscription {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly createdAt: number;
  readonly createdBy: string;
  /** Milliseconds since 1970-01-01T00:00Z; null: not revoked. */
  readonly revokedAt: number | null;
}

/** A subscription that another one of the same clinic takes the place of. */
export interface SubscriptionReplacement {
  readonly selector: string;
  readonly by: NewSubscription;
}

/** Asks for the subscriptions of a clinic, revoked and expired ones too, in the order of making. */
export interface SubscriptionQuery {
  readonly clinic: number;
  /** Absent: of every subject. */
  readonly subject?: SubscriptionSubject | undefined;
}
