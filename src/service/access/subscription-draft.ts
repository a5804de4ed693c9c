import type { CalendarPrivacy } from '../../domain/calendar-privacy.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Act } from '../../store/act.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { NewSubscription, SubscriptionSubject } from '../../store/subscription.ts';
import { fail, type ServiceOutcome, succeed } from '../service-outcome.ts';
import type { AccessContext } from './access-context.ts';
import { notAllowed } from './not-allowed.ts';
import { type Caller, may } from './permission.ts';
import { labelProblem, lifetimeOf, lifetimeProblem } from './token-terms.ts';
import { type Token, tokenDigest } from './tokens.ts';

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

/** A subscription as it is to be kept, where the caller may have it and its subject is there. */
export async function draftSubscription(
  access: AccessContext,
  work: SubscriptionWork,
  token: Token,
  { at }: Act,
): Promise<ServiceOutcome<NewSubscription>> {
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
  return succeed({
    selector: token.selector,
    clinic: clinic.id,
    digest: tokenDigest(access, token),
    subject,
    privacy,
    label: label.trim(),
    expiresAt: at + lifetimeOf(days),
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
