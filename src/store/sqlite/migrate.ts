import type { Act } from '../act.ts';
import type { Seal } from '../audit-chain.ts';
import { StoreFault } from '../store-fault.ts';
import { insertRow, keepHead, logEnd, provedEnd } from './audit-log.ts';
import type { Connection } from './connection.ts';
import { keyMark } from './key-check.ts';
import type { Migration } from './migrations.ts';
import { text, whole } from './rows.ts';

/** The version of a file's schema; 0 for a file without one. */
export function schemaVersionOf(connection: Connection): number {
  return Number(connection.pragma('user_version'));
}

/** Makes the schema in an empty file, in one transaction, with the first row of the audit log. */
export function makeSchema(
  connection: Connection,
  seal: Seal,
  act: Act,
  migrations: readonly Migration[],
  uidSecret: string,
): void {
  connection.write(
    () => {
      apply(connection, act, migrations);
      const put = 'INSERT INTO meta (name, value) VALUES (?, ?)';
      connection.run(put, 'uid_secret', uidSecret);
      connection.run(put, 'audit_key', keyMark(seal));
      const detail = { schema: migrations.length };
      const entry = { action: 'store.created', detail, content: uidSecret } as const;
      keepHead(connection, seal, insertRow(connection, seal, logEnd(connection), act, entry));
    },
    () => true,
  );
}

/** Brings a file to the newest schema, in one transaction: a migration that is killed leaves the old one. */
export function migrate(
  connection: Connection,
  seal: Seal,
  act: Act,
  migrations: readonly Migration[],
): void {
  connection.write(
    () => {
      const from = schemaVersionOf(connection);
      const pending = migrations.filter(({ version }) => version > from);
      // Another process was quicker.
      if (pending.length === 0) return;
      const end = provedEnd(connection, seal);
      apply(connection, act, pending);
      const detail = { from, to: migrations.length };
      const entry = { action: 'store.migrated', detail } as const;
      keepHead(connection, seal, insertRow(connection, seal, end, act, entry));
    },
    () => true,
  );
}

function apply(connection: Connection, { at }: Act, pending: readonly Migration[]): void {
  for (const { version, name, sql, sha256 } of pending) {
    connection.script(sql);
    connection.run(
      'INSERT INTO schema_migration (version, name, sha256, applied_at) VALUES (?, ?, ?, ?)',
      version,
      name,
      sha256,
      at,
    );
    connection.pragma(`user_version = ${version}`);
  }
}

/** Refuses a file whose migrations are not those of this release. @throws StoreFault */
export function checkMigrations(connection: Connection, migrations: readonly Migration[]): void {
  const version = schemaVersionOf(connection);
  if (version > migrations.length) throw tooNew(connection.path, version, migrations.length);
  const applied = connection.all(
    'SELECT version, name, sha256 FROM schema_migration ORDER BY version',
  );
  const fits =
    applied.length === version &&
    applied.every((row, index) => {
      const migration = migrations[index];
      return (
        whole(row, 'version') === migration?.version &&
        text(row, 'name') === migration.name &&
        text(row, 'sha256') === migration.sha256
      );
    });
  if (fits) return;
  throw new StoreFault(
    'not-ours',
    `${connection.path}: the schema of this store was not made by a release of cryowatch`,
  );
}

export function tooNew(path: string, found: number, known: number): StoreFault {
  return new StoreFault(
    'too-new',
    `${path}: a newer release made this store (schema ${found}, this release knows ${known}); install a newer cryowatch`,
  );
}
