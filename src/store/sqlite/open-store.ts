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
import { loadDriver } from './load-driver.ts';
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
  const { schemaVersion } = readFileHeader(path);
  if (schemaVersion > migrations.length) throw tooNew(path, schemaVersion, migrations.length);
  if (!mayWrite(path)) {
    throw new StoreFault('read-only', `${path}: the store or its folder may not be written`);
  }
  const check = (connection: Connection) => {
    checkMigrations(connection, migrations);
    checkKey(connection, seal);
  };
  // A log may hold a newer schema than the file, and closing the file would write it back.
  if (existsSync(`${path}-wal`)) {
    new Connection(path, { driver, access: 'read', busyTimeoutMs, check }).close();
  }
  const connection = new Connection(path, { driver, busyTimeoutMs, check });
  try {
    const version = schemaVersionOf(connection);
    if (version < migrations.length) {
      await backupStore(path, `${path}.schema-${version}-${act.at}.backup`, settings);
      migrate(connection, seal, act, migrations);
    }
    connection.read(() => provedEnd(connection, seal));
    return storeOn({ connection, seal, schemaVersion: migrations.length });
  } catch (error) {
    connection.close();
    throw error;
  }
}
