import { CALENDAR_PRIVACIES } from '../../domain/calendar-privacy.ts';
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
import { roleFault } from './accounts.ts';
import type { Connection, Row, Value } from './connection.ts';
import { clinicExists } from './protocols.ts';
import { text, whole, wholeOrNull, word } from './rows.ts';
import type { Note } from './unit-of-work.ts';

/** The calendar subscriptions. */

/** @throws StoreFault `damaged` */
export function readSubscription(row: Row): Subscription {
  return {
    selector: text(row, 'selector'),
    clinic: whole(row, 'clinic_id'),
    digest: text(row, 'digest'),
    subject: readSubject(row),
    privacy: word(row, 'privacy', CALENDAR_PRIVACIES),
    label: text(row, 'label'),
    expiresAt: whole(row, 'expires_at'),
    createdAt: whole(row, 'created_at'),
    createdBy: text(row, 'created_by'),
    revokedAt: wholeOrNull(row, 'revoked_at'),
  };
}

function readSubject(row: Row): SubscriptionSubject {
  const kind = word(row, 'subject', ['patient', 'clinician', 'clinic']);
  if (kind === 'patient') return { kind, patientRef: text(row, 'patient_ref') };
  return kind === 'clinician' ? { kind, account: whole(row, 'account_id') } : { kind };
}

export function findSubscription(connection: Connection, selector: string): Result<Subscription> {
  const row = connection.get('SELECT * FROM subscription WHERE selector = ?', selector);
  return row === undefined ? notFound('subscription') : done(readSubscription(row));
}

export function listSubscriptions(
  connection: Connection,
  { clinic, subject }: SubscriptionQuery,
): Subscription[] {
  const [also, values] = subject === undefined ? ['', []] : whose(subject);
  return connection
    .all(
      `SELECT * FROM subscription WHERE clinic_id = ? ${also} ORDER BY created_at, selector`,
      clinic,
      ...values,
    )
    .map(readSubscription);
}

function whose(subject: SubscriptionSubject): [string, Value[]] {
  const kept = keptSubject(subject);
  if (kept.kind === 'patient') return ['AND patient_ref = ?', [kept.patientRef]];
  if (kept.kind === 'clinician') return ['AND account_id = ?', [kept.account]];
  return ["AND subject = 'clinic'", []];
}

export function createSubscription(
  connection: Connection,
  act: Act,
  note: Note,
  work: NewSubscription,
): Result<null> {
  const made = createdSubscription(act, work);
  if ('outcome' in made) return made;
  const fault = subjectFault(connection, made);
  if (fault !== undefined) return fault;
  const { selector, clinic, subject } = made;
  if (findSubscription(connection, selector).outcome === 'ok') return refused('id-taken');
  connection.run(
    `INSERT INTO subscription (selector, clinic_id, digest, subject, patient_ref, account_id,
       privacy, label, created_at, created_by, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    selector,
    clinic,
    made.digest,
    subject.kind,
    subject.kind === 'patient' ? subject.patientRef : null,
    subject.kind === 'clinician' ? subject.account : null,
    made.privacy,
    made.label,
    made.createdAt,
    made.createdBy,
    made.expiresAt,
  );
  note(subscriptionEntry(made));
  return done(null);
}

/** Why the clinic has no such subject; undefined: it has. */
function subjectFault(
  connection: Connection,
  { clinic, subject }: NewSubscription,
): NotDone | undefined {
  if (!clinicExists(connection, clinic)) return notFound('clinic');
  if (subject.kind === 'clinician') {
    return roleFault(connection, { clinic, account: subject.account });
  }
  const known = subject.kind === 'clinic' || isPatient(connection, clinic, subject.patientRef);
  return known ? undefined : notFound('episode');
}

function isPatient(connection: Connection, clinic: number, patientRef: string): boolean {
  const row = connection.get(
    'SELECT 1 FROM episode WHERE clinic_id = ? AND patient_ref = ?',
    clinic,
    patientRef,
  );
  return row !== undefined;
}

export function revokeSubscription(
  connection: Connection,
  { at }: Act,
  note: Note,
  { clinic, selector }: { readonly clinic: number; readonly selector: string },
): Result<{ readonly changed: boolean }> {
  const found = findSubscription(connection, selector);
  if (found.outcome !== 'ok' || found.value.clinic !== clinic) return notFound('subscription');
  if (found.value.revokedAt !== null) return done({ changed: false });
  connection.run('UPDATE subscription SET revoked_at = ? WHERE selector = ?', at, selector);
  note(subscriptionEntry({ ...found.value, revokedAt: at }));
  return done({ changed: true });
}

export function replaceSubscription(
  connection: Connection,
  act: Act,
  note: Note,
  { selector, by }: SubscriptionReplacement,
): Result<{ readonly changed: boolean }> {
  const revoked = revokeSubscription(connection, act, note, { clinic: by.clinic, selector });
  if (revoked.outcome !== 'ok' || !revoked.value.changed) return revoked;
  const created = createSubscription(connection, act, note, by);
  return created.outcome === 'ok' ? revoked : created;
}

/**
 * Ends what was subscribed to under a reference that an episode had by mistake: whoever holds such an address
 * may be the patient of the episode, and the reference somebody else's, now or later.
 */
export function revokeSubscriptionsOf(
  connection: Connection,
  { at }: Act,
  note: Note,
  { clinic, patientRef }: { readonly clinic: number; readonly patientRef: string },
): void {
  const subject = { kind: 'patient', patientRef } as const;
  for (const kept of listSubscriptions(connection, { clinic, subject })) {
    if (kept.revokedAt !== null) continue;
    connection.run('UPDATE subscription SET revoked_at = ? WHERE selector = ?', at, kept.selector);
    note(subscriptionEntry({ ...kept, revokedAt: at }));
  }
}

/** Deletes the subscriptions of those patients that have no episode left in the clinic. @returns their selectors */
export function deleteSubscriptions(
  connection: Connection,
  clinic: number,
  patientRefs: ReadonlySet<string>,
): string[] {
  const gone = [...patientRefs]
    .filter((patientRef) => !isPatient(connection, clinic, patientRef))
    .flatMap((patientRef) =>
      listSubscriptions(connection, { clinic, subject: { kind: 'patient', patientRef } }),
    )
    .map(({ selector }) => selector);
  for (const selector of gone) {
    connection.run('DELETE FROM subscription WHERE selector = ?', selector);
  }
  return gone.sort();
}
