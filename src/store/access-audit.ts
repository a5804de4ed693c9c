import type { Account, AccountScope } from './account.ts';
import { type AccountAspect, rolesText } from './account-rules.ts';
import type { ApiKey } from './api-key.ts';
import type { AuditEntry } from './audit.ts';
import type { LoggedOperation } from './operation.ts';
import type { SavedView } from './saved-view.ts';
import type { EpisodeScope } from './stored-case.ts';
import type { Subscription } from './subscription.ts';

/**
 * The audit rows of accounts, keys, subscriptions, responsibility, views and operations. The detail
 * names what was changed by its number or its selector; the content is made from the stored columns, so
 * that a later check can make it again.
 */

export function accountEntry(account: Account, changed?: readonly AccountAspect[]): AuditEntry {
  const tellRoles = changed === undefined || changed.includes('roles');
  return {
    action: changed === undefined ? 'account.created' : 'account.revised',
    detail: {
      account: account.id,
      ...(changed === undefined ? {} : { changed }),
      ...(tellRoles ? { roles: rolesText(account.roles) } : {}),
    },
    content: accountContent(account),
  };
}

export function accountContent(account: Account): string {
  const { id, name, kind, displayName, password, roles } = account;
  const { credentialsVersion, disabledAt, createdAt, createdBy } = account;
  const names = [id, name, kind, displayName, password];
  const states = [credentialsVersion, disabledAt, createdAt, createdBy];
  return JSON.stringify([...names, ...states, rolesText(roles)]);
}

export function apiKeyEntry(key: ApiKey): AuditEntry {
  return {
    action: key.revokedAt === null ? 'api-key.created' : 'api-key.revoked',
    detail: { selector: key.selector, account: key.account },
    content: apiKeyContent(key),
  };
}

export function apiKeyContent(key: ApiKey): string {
  const { selector, account, digest, label, createdAt, createdBy, expiresAt, revokedAt } = key;
  return JSON.stringify([
    selector,
    account,
    digest,
    label,
    createdAt,
    createdBy,
    expiresAt,
    revokedAt,
  ]);
}

export function subscriptionEntry(subscription: Subscription): AuditEntry {
  const { selector, clinic, subject, privacy, revokedAt } = subscription;
  return {
    action: revokedAt === null ? 'subscription.created' : 'subscription.revoked',
    clinic,
    detail: { selector, subject: subject.kind, privacy },
    content: subscriptionContent(subscription),
  };
}

export function subscriptionContent(subscription: Subscription): string {
  const { selector, clinic, digest, subject, privacy, label } = subscription;
  const { createdAt, createdBy, expiresAt, revokedAt } = subscription;
  const whose = [
    subject.kind,
    subject.kind === 'patient' ? subject.patientRef : null,
    subject.kind === 'clinician' ? subject.account : null,
  ];
  const times = [createdAt, createdBy, expiresAt, revokedAt];
  return JSON.stringify([selector, clinic, digest, whose, privacy, label, ...times]);
}

/** `accounts` are all that are responsible after the change. */
export function assignmentEntry(
  scope: EpisodeScope,
  { account, assigned }: { readonly account: number; readonly assigned: boolean },
  accounts: readonly number[],
): AuditEntry {
  return {
    action: assigned ? 'episode.assigned' : 'episode.unassigned',
    clinic: scope.clinic,
    episode: scope.episode,
    detail: { account },
    content: assignmentContent(scope, accounts),
  };
}

export function assignmentContent(
  { clinic, episode }: EpisodeScope,
  accounts: readonly number[],
): string {
  return JSON.stringify([clinic, episode, accounts]);
}

/** `views` are all of the account in the clinic after the change. Their names are free text: the row names none. */
export function viewEntry(
  action: 'view.saved' | 'view.removed',
  scope: AccountScope,
  views: readonly SavedView[],
): AuditEntry {
  const { clinic, account } = scope;
  return { action, clinic, detail: { account }, content: viewsContent(scope, views) };
}

export function viewsContent(
  { clinic, account }: AccountScope,
  views: readonly SavedView[],
): string {
  return JSON.stringify([clinic, account, views.map(({ name, query }) => [name, query])]);
}

/** `seq` is the place of the operation in the ledger, from 1. */
export function operationEntry(seq: number, logged: LoggedOperation): AuditEntry {
  const { kind, outcome } = logged;
  return {
    action: 'operation.recorded',
    detail: { operation: seq, kind, outcome },
    content: operationContent(seq, logged),
  };
}

export function operationContent(seq: number, logged: LoggedOperation): string {
  const { kind, outcome, detail, at, actor } = logged;
  return JSON.stringify([seq, kind, outcome, detail, at, actor]);
}
