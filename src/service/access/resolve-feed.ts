import type { CalendarPrivacy } from '../../domain/calendar-privacy.ts';
import type { Subscription, SubscriptionSubject } from '../../store/subscription.ts';
import type { AccessContext } from './access-context.ts';
import { callerOf } from './caller-of-account.ts';
import { may } from './permission.ts';
import { hasClinician } from './subscription-draft.ts';
import { stateOf } from './token-state.ts';
import { isTokenOf, parseToken, selectorOf } from './tokens.ts';

/** Whose calendar a token opens, and how much of it. */
export interface Feed {
  /** The half of its token that may be kept. */
  readonly selector: string;
  /** Number of the clinic. */
  readonly clinic: number;
  readonly subject: SubscriptionSubject;
  readonly privacy: CalendarPrivacy;
  /** From then on the token opens nothing; milliseconds since 1970-01-01T00:00Z. */
  readonly expiresAt: number;
}

/**
 * What a token opens; null alike, and after the same work, for a text that is no token and for one that
 * is unknown, revoked or expired. The calendar of a clinician who left the clinic opens nothing either, and
 * one of the whole clinic only while whoever made it may make it: they are who reads it.
 */
export async function resolveFeed(
  access: Pick<AccessContext, 'store' | 'clock' | 'hmac' | 'tokenKey' | 'sameText'>,
  text: string,
): Promise<Feed | null> {
  const token = parseToken(text);
  const found = await access.store.findSubscription(selectorOf(token));
  const kept = found.outcome === 'ok' ? found.value : null;
  const isOf = isTokenOf(access, token, kept?.digest);
  if (kept === null || !isOf || stateOf(kept, access.clock()) !== 'active') return null;
  const { selector, clinic, subject, privacy, expiresAt } = kept;
  if (!(await hasReader(access, kept))) return null;
  return { selector, clinic, subject, privacy, expiresAt };
}

async function hasReader(
  access: Pick<AccessContext, 'store'>,
  { clinic, subject, privacy, createdBy }: Subscription,
): Promise<boolean> {
  switch (subject.kind) {
    case 'patient':
      return true;
    case 'clinician':
      return hasClinician(access, clinic, subject.account);
    case 'clinic': {
      const maker = await access.store.findAccount({ name: createdBy });
      if (maker.outcome !== 'ok' || maker.value.disabledAt !== null) return false;
      const needed = privacy === 'named' ? 'administer' : 'subscribe';
      return may(callerOf(maker.value), clinic, needed);
    }
  }
}
