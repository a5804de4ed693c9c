import { ROLES } from '../../domain/role.ts';
import { accountEntry } from '../access-audit.ts';
import {
  ACCOUNT_KINDS,
  type Account,
  type AccountChange,
  type AccountScope,
  type ClinicRole,
  type NewAccount,
} from '../account.ts';
import { createdAccount, revisedAccount } from '../account-rules.ts';
import type { Act } from '../act.ts';
import { done, type NotDone, notFound, type Result, refused } from '../result.ts';
import type { Connection, Row } from './connection.ts';
import { clinicExists } from './protocols.ts';
import { text, textOrNull, whole, wholeOrNull, word } from './rows.ts';
import type { Note } from './unit-of-work.ts';

/** The accounts, and their roles in the clinics. */

export function listAccounts(connection: Connection): Account[] {
  const roles = Map.groupBy(
    connection.all('SELECT * FROM account_role ORDER BY account_id, clinic_id, role'),
    (row) => whole(row, 'account_id'),
  );
  return connection
    .all('SELECT * FROM account ORDER BY name')
    .map((row) => readAccount(row, roles.get(whole(row, 'id')) ?? []));
}

export function findAccount(
  connection: Connection,
  by: { readonly name: string } | { readonly id: number },
): Result<Account> {
  const account = 'id' in by ? accountOf(connection, by.id) : named(connection, by.name);
  return account === undefined ? notFound('account') : done(account);
}

function accountOf(connection: Connection, id: number): Account | undefined {
  return withRoles(connection, connection.get('SELECT * FROM account WHERE id = ?', id));
}

function named(connection: Connection, name: string): Account | undefined {
  return withRoles(connection, connection.get('SELECT * FROM account WHERE name = ?', name));
}

function withRoles(connection: Connection, row: Row | undefined): Account | undefined {
  if (row === undefined) return undefined;
  const roles = connection.all(
    'SELECT clinic_id, role FROM account_role WHERE account_id = ? ORDER BY clinic_id, role',
    whole(row, 'id'),
  );
  return readAccount(row, roles);
}

function readAccount(row: Row, roles: readonly Row[]): Account {
  return {
    id: whole(row, 'id'),
    name: text(row, 'name'),
    kind: word(row, 'kind', ACCOUNT_KINDS),
    displayName: textOrNull(row, 'display_name'),
    password: textOrNull(row, 'password'),
    roles: roles.map((role) => ({
      clinic: whole(role, 'clinic_id'),
      role: word(role, 'role', ROLES),
    })),
    credentialsVersion: whole(row, 'credentials_version'),
    disabledAt: wholeOrNull(row, 'disabled_at'),
    createdAt: whole(row, 'created_at'),
    createdBy: text(row, 'created_by'),
  };
}

export function createAccount(
  connection: Connection,
  act: Act,
  note: Note,
  work: NewAccount,
): Result<null> {
  const account = createdAccount(act, work);
  if ('outcome' in account) return account;
  if (accountOf(connection, account.id) !== undefined) return refused('id-taken');
  if (named(connection, account.name) !== undefined) return refused('name-taken');
  if (!clinicsExist(connection, account.roles)) return notFound('clinic');
  putAccount(connection, account);
  note(accountEntry(account));
  return done(null);
}

export function reviseAccount(
  connection: Connection,
  act: Act,
  note: Note,
  work: AccountChange,
): Result<{ readonly credentialsVersion: number }> {
  const kept = accountOf(connection, work.id);
  if (kept === undefined) return notFound('account');
  const revised = revisedAccount(act, kept, work);
  if ('outcome' in revised) return revised;
  const { account, changed } = revised;
  if (!clinicsExist(connection, account.roles)) return notFound('clinic');
  if (changed.length > 0) {
    putAccount(connection, account);
    note(accountEntry(account, changed));
  }
  return done({ credentialsVersion: account.credentialsVersion });
}

function clinicsExist(connection: Connection, roles: readonly ClinicRole[]): boolean {
  return roles.every(({ clinic }) => clinicExists(connection, clinic));
}

/** Writes an account as it now stands, with its roles. */
function putAccount(connection: Connection, account: Account): void {
  connection.run(
    `INSERT INTO account (id, name, kind, display_name, password, credentials_version, disabled_at,
       created_at, created_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET display_name = excluded.display_name,
       password = excluded.password, credentials_version = excluded.credentials_version,
       disabled_at = excluded.disabled_at`,
    account.id,
    account.name,
    account.kind,
    account.displayName,
    account.password,
    account.credentialsVersion,
    account.disabledAt,
    account.createdAt,
    account.createdBy,
  );
  connection.run('DELETE FROM account_role WHERE account_id = ?', account.id);
  for (const { clinic, role } of account.roles) {
    connection.run(
      'INSERT INTO account_role (account_id, clinic_id, role) VALUES (?, ?, ?)',
      account.id,
      clinic,
      role,
    );
  }
}

export function accountExists(connection: Connection, account: number): boolean {
  return connection.get('SELECT 1 FROM account WHERE id = ?', account) !== undefined;
}

/** Why an account counts for nothing in a clinic; undefined: it has a role there. */
export function roleFault(
  connection: Connection,
  { clinic, account }: AccountScope,
): NotDone | undefined {
  if (!clinicExists(connection, clinic)) return notFound('clinic');
  const row = connection.get(
    'SELECT 1 FROM account_role WHERE account_id = ? AND clinic_id = ?',
    account,
    clinic,
  );
  return row === undefined ? notFound('account') : undefined;
}
