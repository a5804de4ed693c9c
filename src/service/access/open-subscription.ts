import {
  fail,
  notDone,
  type ServiceFailure,
  type ServiceOutcome,
  succeed,
} from '../service-outcome.ts';
import type { AccessContext } from './access-context.ts';
import { actOfCaller } from './caller-of-account.ts';
import { draftSubscription, type SubscriptionWork } from './subscription-draft.ts';
import { noRoomProblem } from './subscription-room.ts';
import { type SubscriptionRow, subscriptionRow } from './subscription-row.ts';
import { makeToken, selectorFrom, type Token, tokenText } from './tokens.ts';

/** A subscription that was made. */
export interface OpenedSubscription {
  /** The part of its address that is secret. It is shown now and never again. */
  readonly token: string;
  readonly subscription: SubscriptionRow;
}

/** Makes a calendar subscription for one patient, one clinician or the whole clinic. */
export async function openSubscription(
  access: AccessContext,
  work: SubscriptionWork,
): Promise<ServiceOutcome<OpenedSubscription>> {
  const act = actOfCaller(access, work.caller);
  const token = onlyToken(access, work);
  const draft = await draftSubscription(access, work, token, act);
  if (!draft.ok) return draft;
  if (work.once !== undefined && (await isKnown(access, token.selector))) return madeBefore();
  const noRoom = await noRoomProblem(access, work);
  if (noRoom !== undefined) return fail('refused', noRoom);
  const created = await access.store.createSubscription(act, draft.value);
  if (created.outcome === 'refused' && created.why === 'id-taken') return madeBefore();
  if (created.outcome !== 'ok') return notDone(created);
  const kept = { ...draft.value, createdAt: act.at, createdBy: act.actor, revokedAt: null };
  return succeed({ token: tokenText(token), subscription: subscriptionRow(kept, act.at) });
}

/**
 * The token of an order. Its selector follows from the id of the order by a keyed digest, so that the
 * store itself knows an order that comes twice; the verifier is of chance, whatever the order.
 */
function onlyToken(access: AccessContext, { clinic, caller, once }: SubscriptionWork): Token {
  const token = makeToken(access);
  if (once === undefined) return token;
  const order = `subscription\n${clinic.id}\n${caller.id}\n${once}`;
  return { ...token, selector: selectorFrom(access.hmac(access.tokenKey, order)) };
}

async function isKnown({ store }: Pick<AccessContext, 'store'>, selector: string) {
  return (await store.findSubscription(selector)).outcome === 'ok';
}

/** Its address was shown then, and is known to nobody here any more. */
function madeBefore(): ServiceFailure {
  return fail('conflict', {
    path: 'once',
    message: 'this subscription was made already, and its address shown',
    mend: 'if the address is lost, give it a new one',
  });
}
