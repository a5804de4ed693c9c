import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../store.ts';
import { StoreFault } from '../store-fault.ts';
import { Connection, wholePath } from './connection.ts';
import { onFile } from './driver-faults.ts';
import { APPLICATION_ID } from './file-header.ts';
import { loadDriver } from './load-driver.ts';
import { makeWorkshop } from './make-workshop.ts';
import { makeSchema } from './migrate.ts';
import { readMigrations } from './migrations.ts';
import { openStore, type SqliteSettings } from './open-store.ts';
import { putInPlace } from './put-in-place.ts';

/** How to make a store. */
export interface NewStore extends SqliteSettings {
  /** From which calendar UIDs are derived; at least 128 bits of chance. It can never change. */
  readonly uidSecret: string;
}

/**
 * Makes a new store and opens it. It is built beside its place and put there whole, so that a crash
 * leaves none; a file that is there already is never touched. Only its owner may read it.
 * @throws StoreFault `exists`, and the faults of the file system
 */
export async function createStore(path: string, settings: NewStore): Promise<Store> {
  const { seal, act, uidSecret, migrations = readMigrations() } = settings;
  const driver = await loadDriver();
  wholePath(path);
  for (const name of [path, `${path}-wal`, `${path}-shm`, `${path}-journal`]) {
    if (existsSync(name)) throw new StoreFault('exists', `${name}: there is a file already`);
  }
  onFile(path, () => {
    const workshop = makeWorkshop(path);
    try {
      const partial = join(workshop, 'store');
      closeSync(openSync(partial, 'wx', 0o600));
      const connection = new Connection(partial, { driver });
      try {
        connection.pragma(`application_id = ${APPLICATION_ID}`);
        makeSchema(connection, seal, act, migrations, uidSecret);
      } finally {
        connection.close();
      }
      putInPlace(partial, path);
    } finally {
      rmSync(workshop, { recursive: true, force: true });
    }
  });
  return openStore(path, settings);
}
