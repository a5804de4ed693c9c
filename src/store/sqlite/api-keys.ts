import { apiKeyEntry } from '../access-audit.ts';
import type { Act } from '../act.ts';
import type { ApiKey, NewApiKey } from '../api-key.ts';
import { done, notFound, type Result, refused } from '../result.ts';
import { createdApiKey } from '../token-rules.ts';
import { accountExists } from './accounts.ts';
import type { Connection, Row } from './connection.ts';
import { text, whole, wholeOrNull } from './rows.ts';
import type { Note } from './unit-of-work.ts';

/** The API keys of the accounts. */

/** @throws StoreFault `damaged` */
export function readApiKey(row: Row): ApiKey {
  return {
    selector: text(row, 'selector'),
    account: whole(row, 'account_id'),
    digest: text(row, 'digest'),
    label: text(row, 'label'),
    expiresAt: whole(row, 'expires_at'),
    createdAt: whole(row, 'created_at'),
    createdBy: text(row, 'created_by'),
    revokedAt: wholeOrNull(row, 'revoked_at'),
  };
}

export function findApiKey(connection: Connection, selector: string): Result<ApiKey> {
  const row = connection.get('SELECT * FROM api_key WHERE selector = ?', selector);
  return row === undefined ? notFound('api-key') : done(readApiKey(row));
}

export function listApiKeys(connection: Connection, account: number): ApiKey[] {
  return connection
    .all('SELECT * FROM api_key WHERE account_id = ? ORDER BY created_at, selector', account)
    .map(readApiKey);
}

export function createApiKey(
  connection: Connection,
  act: Act,
  note: Note,
  work: NewApiKey,
): Result<null> {
  const key = createdApiKey(act, work);
  if ('outcome' in key) return key;
  if (!accountExists(connection, key.account)) return notFound('account');
  if (findApiKey(connection, key.selector).outcome === 'ok') return refused('id-taken');
  connection.run(
    `INSERT INTO api_key (selector, account_id, digest, label, created_at, created_by, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    key.selector,
    key.account,
    key.digest,
    key.label,
    key.createdAt,
    key.createdBy,
    key.expiresAt,
  );
  note(apiKeyEntry(key));
  return done(null);
}

export function revokeApiKey(
  connection: Connection,
  { at }: Act,
  note: Note,
  { selector }: { readonly selector: string },
): Result<{ readonly changed: boolean }> {
  const found = findApiKey(connection, selector);
  if (found.outcome !== 'ok') return found;
  if (found.value.revokedAt !== null) return done({ changed: false });
  connection.run('UPDATE api_key SET revoked_at = ? WHERE selector = ?', at, selector);
  note(apiKeyEntry({ ...found.value, revokedAt: at }));
  return done({ changed: true });
}
