import { existsSync } from 'node:fs';
import type { Act } from '../act.ts';
import type { Seal } from '../audit-chain.ts';
import type { Store } from '../store.ts';
import { StoreFault } from '../store-fault.ts';
import { provedEnd } from './audit-log.ts';
import { backupStore } from './backup.ts';
import { Connection } from './connection.ts';
import { mayWrite } from './driver-faults.ts';
import { readFileHeader } from './file-header.ts';
import { checkKey } from './key-check.ts';
import { type Driver, loadDriver } from './load-driver.ts';
import { checkMigrations, migrate, schemaVersionOf, tooNew } from './migrate.ts';
import { type Migration, readMigrations } from './migrations.ts';
import { storeOn } from './sqlite-store.ts';

/** How to open a store. */
export interface SqliteSettings {
  /** Seals the audit log; made by `hmacSeal` from a key that is kept apart from the store. */
  readonly seal: Seal;
  /** Who opens it, and when: for the audit row of a migration. */
  readonly act: Act;
  /** How long to wait for another writer, in milliseconds; absent: 5000. */
  readonly busyTimeoutMs?: number | undefined;
  /** Absent: those of this release. */
  readonly migrations?: readonly Migration[] | undefined;
}

/**
 * Opens the store in a file. Only `createStore` makes one; a file that is missing, damaged, not ours
 * or newer is refused with nothing written. An older file is backed up beside itself and migrated.
 * @throws StoreFault
 */
export async function openStore(path: string, settings: SqliteSettings): Promise<Store> {
  const { seal, act, busyTimeoutMs, migrations = readMigrations() } = settings;
  const driver = await loadDriver();
  const version = inspect(path, driver, settings, migrations);
  if (!mayWrite(path)) {
    throw new StoreFault('read-only', `${path}: the store or its folder may not be written`);
  }
  if (version < migrations.length) {
    const copy = `${path}.schema-${version}-${act.at}.backup`;
    const known = migrations.slice(0, version);
    await backupStore(path, copy, { ...settings, migrations: known });
  }
  const connection = new Connection(path, { driver, busyTimeoutMs });
  try {
    if (version < migrations.length) migrate(connection, seal, act, migrations);
    provedEnd(connection, seal);
    return storeOn({ connection, seal, schemaVersion: migrations.length });
  } catch (error) {
    connection.close();
    throw error;
  }
}

/**
 * Looks at a file without changing it. Its header may be older than its log, so the log is read too,
 * by a connection that may not write and so never writes the log back.
 * @returns the version of its schema
 */
function inspect(
  path: string,
  driver: Driver,
  { seal, busyTimeoutMs }: SqliteSettings,
  migrations: readonly Migration[],
): number {
  const { schemaVersion } = readFileHeader(path);
  if (schemaVersion > migrations.length) throw tooNew(path, schemaVersion, migrations.length);
  if (!mayWrite(path) && existsSync(`${path}-wal`)) {
    throw new StoreFault('read-only', `${path}: the store or its folder may not be written`);
  }
  const look = (access: 'read' | 'read-alone') => {
    const connection = new Connection(path, { driver, access, busyTimeoutMs });
    try {
      return connection.read(() => {
        checkMigrations(connection, migrations);
        checkKey(connection, seal);
        return schemaVersionOf(connection);
      });
    } finally {
      connection.close();
    }
  };
  if (existsSync(`${path}-wal`)) return look('read');
  try {
    return look('read-alone');
  } catch (error) {
    // Someone may have begun to write meanwhile; only then is it worth a second look.
    if (existsSync(`${path}-wal`)) return look('read');
    throw error;
  }
}
