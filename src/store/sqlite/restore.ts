import { chmodSync, copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../manifest.ts';
import { StoreFault } from '../store-fault.ts';
import { insertRow, keepHead, provedEnd } from './audit-log.ts';
import { Connection, wholePath } from './connection.ts';
import { onFile } from './driver-faults.ts';
import { readFileHeader } from './file-header.ts';
import { checkKey } from './key-check.ts';
import { loadDriver } from './load-driver.ts';
import { makeWorkshop } from './make-workshop.ts';
import { readManifest, sha256OfFile } from './manifest.ts';
import { tooNew } from './migrate.ts';
import { readMigrations } from './migrations.ts';
import type { SqliteSettings } from './open-store.ts';
import { putInPlace } from './put-in-place.ts';
import { checkFile } from './verify-file.ts';

/** @throws StoreFault `exists`: a store stands there, or the log of one */
export function refuseOccupied(path: string): void {
  wholePath(path);
  for (const name of [path, `${path}-wal`, `${path}-shm`, `${path}-journal`]) {
    if (!existsSync(name)) continue;
    const mend =
      name === path
        ? 'move the old store away first'
        : 'it is the rest of another store; move it away first';
    throw new StoreFault('exists', `${name}: there is a file already; ${mend}`);
  }
}

/**
 * Puts a backup in the place of a store that is gone. Nothing may stand there, neither a store nor
 * the log of one: SQLite would play a stale log into the restored file. The copy is checked against
 * its manifest and within itself first, and the audit log says that it was restored.
 * @throws StoreFault `exists`, `missing`, `damaged`, `too-new`, `wrong-key`
 */
export async function restoreStore(
  backup: string,
  path: string,
  settings: SqliteSettings,
): Promise<Manifest> {
  const { seal, act, migrations = readMigrations() } = settings;
  const driver = await loadDriver();
  refuseOccupied(path);
  const manifest = readManifest(backup);
  readFileHeader(backup);
  if (manifest.schema > migrations.length) {
    throw tooNew(backup, manifest.schema, migrations.length);
  }
  onFile(path, () => {
    const workshop = makeWorkshop(path);
    try {
      const partial = join(workshop, 'store');
      copyFileSync(backup, partial);
      chmodSync(partial, 0o600);
      if (sha256OfFile(partial).sha256 !== manifest.sha256) {
        throw new StoreFault('damaged', `${backup}: the backup is not what its manifest says`);
      }
      const connection = new Connection(partial, { driver });
      try {
        checkKey(connection, seal);
        checkFile(
          connection,
          driver,
          seal,
          migrations.slice(0, manifest.schema),
          manifest.auditHead,
        );
        connection.write(
          () => {
            const detail = { backupOf: manifest.madeAt, auditRows: manifest.auditHead.seq };
            const end = provedEnd(connection, seal);
            const entry = { action: 'store.restored', detail } as const;
            keepHead(connection, seal, insertRow(connection, seal, end, act, entry));
          },
          () => true,
        );
      } finally {
        connection.close();
      }
      putInPlace(partial, path);
    } finally {
      rmSync(workshop, { recursive: true, force: true });
    }
  });
  return manifest;
}
