import { compareTexts } from '../../domain/compare-texts.ts';
import { subscriptionEntry } from '../access-audit.ts';
import type { Act } from '../act.ts';
import { done, type NotDone, notFound, type Result, refused } from '../result.ts';
import type {
  NewSubscription,
  Subscription,
  SubscriptionQuery,
  SubscriptionReplacement,
  SubscriptionSubject,
} from '../subscription.ts';
import { createdSubscription, keptSubject } from '../token-rules.ts';
import { roleFault } from './memory-accounts.ts';
import { type Decided, unchanged } from './memory-change.ts';
import type { MemoryState } from './memory-state.ts';

/** The calendar subscriptions. */

export function findSubscription(state: MemoryState, selector: string): Result<Subscription> {
  const found = state.subscriptions.get(selector);
  return found === undefined ? notFound('subscription') : done(found);
}

export function listSubscriptions(
  state: MemoryState,
  { clinic, subject }: SubscriptionQuery,
): Subscription[] {
  return [...state.subscriptions.values()]
    .filter((kept) => kept.clinic === clinic)
    .filter((kept) => subject === undefined || same(kept.subject, keptSubject(subject)))
    .sort((a, b) => a.createdAt - b.createdAt || compareTexts(a.selector, b.selector));
}

function same(a: SubscriptionSubject, b: SubscriptionSubject): boolean {
  if (a.kind === 'patient') return b.kind === 'patient' && a.patientRef === b.patientRef;
  if (a.kind === 'clinician') return b.kind === 'clinician' && a.account === b.account;
  return b.kind === 'clinic';
}

export function createSubscription(
  state: MemoryState,
  act: Act,
  work: NewSubscription,
): Decided<null> {
  const made = createdSubscription(act, work);
  if ('outcome' in made) return made;
  const fault = subjectFault(state, made);
  if (fault !== undefined) return fault;
  if (state.subscriptions.has(made.selector)) return refused('id-taken');
  return {
    value: null,
    audit: [subscriptionEntry(made)],
    apply: () => state.subscriptions.set(made.selector, made),
  };
}

/** Why the clinic has no such subject; undefined: it has. */
function subjectFault(
  state: MemoryState,
  { clinic, subject }: NewSubscription,
): NotDone | undefined {
  if (!state.clinics.has(clinic)) return notFound('clinic');
  if (subject.kind === 'clinician') return roleFault(state, { clinic, account: subject.account });
  const known = subject.kind === 'clinic' || isPatient(state, clinic, subject.patientRef);
  return known ? undefined : notFound('episode');
}

function isPatient(
  state: MemoryState,
  clinic: number,
  patientRef: string,
  leaving: readonly number[] = [],
): boolean {
  return [...state.episodes].some(
    ([id, kept]) =>
      kept.clinic === clinic && kept.episode?.patientRef === patientRef && !leaving.includes(id),
  );
}

export function revokeSubscription(
  state: MemoryState,
  { at }: Act,
  { clinic, selector }: { readonly clinic: number; readonly selector: string },
): Decided<{ readonly changed: boolean }> {
  const kept = state.subscriptions.get(selector);
  if (kept?.clinic !== clinic) return notFound('subscription');
  if (kept.revokedAt !== null) return unchanged({ changed: false });
  const revoked = { ...kept, revokedAt: at };
  return {
    value: { changed: true },
    audit: [subscriptionEntry(revoked)],
    apply: () => state.subscriptions.set(selector, revoked),
  };
}

export function replaceSubscription(
  state: MemoryState,
  act: Act,
  { selector, by }: SubscriptionReplacement,
): Decided<{ readonly changed: boolean }> {
  const revoked = revokeSubscription(state, act, { clinic: by.clinic, selector });
  if ('outcome' in revoked || !revoked.value.changed) return revoked;
  const created = createSubscription(state, act, by);
  if ('outcome' in created) return created;
  return {
    value: revoked.value,
    audit: [...revoked.audit, ...created.audit],
    apply: () => {
      revoked.apply();
      created.apply();
    },
  };
}

/** What ends with a reference that an episode had by mistake, as it is afterwards. */
export function endingSubscriptions(
  state: MemoryState,
  { at }: Act,
  { clinic, patientRef }: { readonly clinic: number; readonly patientRef: string },
): Subscription[] {
  return listSubscriptions(state, { clinic, subject: { kind: 'patient', patientRef } })
    .filter(({ revokedAt }) => revokedAt === null)
    .map((kept) => ({ ...kept, revokedAt: at }));
}

/** The selectors of those patients' subscriptions that have no episode left when some leave. */
export function leavingSubscriptions(
  state: MemoryState,
  clinic: number,
  patientRefs: ReadonlySet<string>,
  leaving: readonly number[],
): string[] {
  return [...patientRefs]
    .filter((patientRef) => !isPatient(state, clinic, patientRef, leaving))
    .flatMap((patientRef) =>
      listSubscriptions(state, { clinic, subject: { kind: 'patient', patientRef } }),
    )
    .map(({ selector }) => selector)
    .sort();
}
