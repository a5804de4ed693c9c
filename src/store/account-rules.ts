import { compareTexts } from '../domain/compare-texts.ts';
import {
  ACCOUNT_NAME,
  type Account,
  type AccountChange,
  type AccountChanges,
  type ClinicRole,
  type NewAccount,
} from './account.ts';
import type { Act } from './act.ts';
import { conflict, type NotDone, refused } from './result.ts';

/** How accounts begin and change, for every store. */

export function createdAccount({ at, actor }: Act, work: NewAccount): Account | NotDone {
  if (!ACCOUNT_NAME.test(work.name)) return refused('name-malformed');
  const { id, name, kind, displayName, password, roles } = work;
  return {
    id,
    name,
    kind,
    displayName: mended(displayName),
    password: mended(password),
    roles: sortedRoles(roles),
    credentialsVersion: 1,
    disabledAt: null,
    createdAt: at,
    createdBy: actor.toWellFormed(),
  };
}

/** What of an account was changed, as the audit names it. */
export type AccountAspect =
  | 'display-name'
  | 'password'
  | 'password-encoding'
  | 'disabled'
  | 'enabled'
  | 'roles';

/** What of an account may change while its sessions go on. */
const HARMLESS: ReadonlySet<AccountAspect> = new Set(['display-name', 'password-encoding']);

/** An account after a change. */
export interface RevisedAccount {
  readonly account: Account;
  /** Empty: nothing changes. */
  readonly changed: readonly AccountAspect[];
}

export function revisedAccount(
  { at }: Act,
  kept: Account,
  { expected = kept.credentialsVersion, changes }: AccountChange,
): RevisedAccount | NotDone {
  const { credentialsVersion } = kept;
  if (expected !== credentialsVersion) return conflict(credentialsVersion);
  const disabled = changes.disabled ?? kept.disabledAt !== null;
  const next: Account = {
    ...kept,
    displayName: mended(changes.displayName === undefined ? kept.displayName : changes.displayName),
    password: nextPassword(kept, changes),
    disabledAt: disabled ? (kept.disabledAt ?? at) : null,
    roles: sortedRoles(changes.roles ?? kept.roles),
  };
  const changed = changedAspects(kept, next, changes);
  const ends = changed.some((aspect) => !HARMLESS.has(aspect));
  const account = ends ? { ...next, credentialsVersion: credentialsVersion + 1 } : next;
  return { account, changed };
}

/** An account without a password has none to encode. */
function nextPassword(
  { password: kept }: Account,
  { password, rehashed }: AccountChanges,
): string | null {
  if (password !== undefined) return mended(password);
  return kept === null || rehashed === undefined ? kept : mended(rehashed);
}

function changedAspects(
  kept: Account,
  next: Account,
  { password }: AccountChanges,
): AccountAspect[] {
  const aspects: AccountAspect[] = [];
  if (kept.displayName !== next.displayName) aspects.push('display-name');
  if (kept.password !== next.password) {
    aspects.push(password === undefined ? 'password-encoding' : 'password');
  }
  if (kept.disabledAt !== next.disabledAt) {
    aspects.push(next.disabledAt === null ? 'enabled' : 'disabled');
  }
  if (rolesText(kept.roles).join() !== rolesText(next.roles).join()) aspects.push('roles');
  return aspects;
}

/** Roles as the audit names them, `1:viewer`: clinic and role. */
export function rolesText(roles: readonly ClinicRole[]): string[] {
  return roles.map(({ clinic, role }) => `${clinic}:${role}`);
}

function sortedRoles(roles: readonly ClinicRole[]): ClinicRole[] {
  const each = new Map(roles.map(({ clinic, role }) => [`${clinic}:${role}`, { clinic, role }]));
  return [...each.values()].sort((a, b) => a.clinic - b.clinic || compareTexts(a.role, b.role));
}

function mended(text: string | null): string | null {
  return text === null ? null : text.toWellFormed();
}
