import type { CalendarPrivacy } from '../../domain/calendar-privacy.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { SubscriptionSubject } from '../../store/subscription.ts';
import {
  fail,
  notDone,
  type ServiceFailure,
  type ServiceOutcome,
  succeed,
} from '../service-outcome.ts';
import type { AccessContext } from './access-context.ts';
import { actOfCaller } from './caller-of-account.ts';
import { type Caller, may } from './permission.ts';
import { type SubscriptionRow, subscriptionRow } from './subscription-row.ts';
import { labelProblem, lifetimeOf, lifetimeProblem } from './token-terms.ts';
import { makeToken, selectorFrom, type Token, tokenDigest, tokenText } from './tokens.ts';

/** A calendar subscription to be made. */
export interface SubscriptionWork {
  readonly clinic: Clinic;
  readonly subject: SubscriptionSubject;
  /** `named`: only of the whole clinic, and only for who administers it. calendar.md, "Privacy". */
  readonly privacy: CalendarPrivacy;
  /** Where it is used. */
  readonly label: string;
  /** How long it holds, 1 to 365. */
  readonly days: number;
  /** Who asks; needs `subscribe`. */
  readonly caller: Caller;
  /** An id of this order: the same one again, of the same caller, makes no other subscription. */
  readonly once?: string | undefined;
}

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
  const { clinic, subject, privacy, label, days, caller } = work;
  if (!may(caller, clinic.id, 'subscribe')) return notAllowed('make calendar subscriptions');
  const problems = [privacyProblem(work), labelProblem(label), lifetimeProblem(days)];
  const wrong = problems.filter((each) => each !== undefined);
  if (wrong.length > 0) return fail('invalid', ...wrong);
  if (privacy === 'named' && !may(caller, clinic.id, 'administer')) {
    return notAllowed('make calendars that name patients');
  }
  const missing = await missingSubject(access, clinic, subject);
  if (missing !== undefined) return fail('not-found', missing);
  const act = actOfCaller(access, caller);
  const token = onlyToken(access, work);
  if (work.once !== undefined && (await isKnown(access, token.selector))) return madeBefore();
  const subscription = {
    selector: token.selector,
    clinic: clinic.id,
    digest: tokenDigest(access, token),
    subject,
    privacy,
    label: label.trim(),
    expiresAt: act.at + lifetimeOf(days),
  };
  const created = await access.store.createSubscription(act, subscription);
  if (created.outcome === 'refused' && created.why === 'id-taken') return madeBefore();
  if (created.outcome !== 'ok') return notDone(created);
  const kept = { ...subscription, createdAt: act.at, createdBy: act.actor, revokedAt: null };
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

/** The caller has no role that allows this. */
export function notAllowed(what: string): ServiceFailure {
  return fail('refused', {
    path: '',
    message: `this account may not ${what} in the clinic`,
    mend: 'ask whoever administers the clinic',
  });
}

/** What is wrong with how much the calendar of a subject tells; undefined: nothing. */
export function privacyProblem({
  privacy,
  subject,
}: Pick<SubscriptionWork, 'privacy' | 'subject'>): Problem | undefined {
  if (privacy !== 'named' || subject.kind === 'clinic') return undefined;
  return {
    path: 'privacy',
    message: 'only the calendar of a whole clinic may name patients',
    found: privacy,
    allowed: 'minimal, coded',
  };
}

/** The reference of a patient is not told again: a faulty one may be anything. */
async function missingSubject(
  { store }: Pick<AccessContext, 'store'>,
  clinic: Clinic,
  subject: SubscriptionSubject,
): Promise<Problem | undefined> {
  switch (subject.kind) {
    case 'clinic':
      return undefined;
    case 'patient': {
      const { patientRef } = subject;
      const episodes = await store.findEpisodes(clinic.id, { patientRef });
      if (episodes.length > 0) return undefined;
      return { path: 'subject', message: 'the clinic has no episode of this patient' };
    }
    case 'clinician': {
      if (await hasClinician({ store }, clinic.id, subject.account)) return undefined;
      return { path: 'subject', message: 'the clinic has no such clinician' };
    }
  }
}

/** Whether an account may be used and has a role in a clinic. */
export async function hasClinician(
  { store }: Pick<AccessContext, 'store'>,
  clinic: number,
  account: number,
): Promise<boolean> {
  const found = await store.findAccount({ id: account });
  return (
    found.outcome === 'ok' &&
    found.value.disabledAt === null &&
    found.value.roles.some((role) => role.clinic === clinic)
  );
}
