import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Manifest } from '../manifest.ts';
import { StoreFault } from '../store-fault.ts';
import { logEnd } from './audit-log.ts';
import { Connection } from './connection.ts';
import { mayWrite, onFile } from './driver-faults.ts';
import { readFileHeader } from './file-header.ts';
import { checkKey } from './key-check.ts';
import { loadDriver } from './load-driver.ts';
import { manifestPath, sha256OfFile } from './manifest.ts';
import { checkMigrations, schemaVersionOf } from './migrate.ts';
import { readMigrations } from './migrations.ts';
import type { SqliteSettings } from './open-store.ts';
import { putInPlace } from './put-in-place.ts';
import { whole } from './rows.ts';
import { checkFile } from './verify-file.ts';

const OWNER_ONLY = 0o600;

/**
 * Writes a copy of a store as it stands at one moment, while others go on writing. It is checked
 * whole before it gets its name; the manifest comes last, so that what was killed has none.
 * @throws StoreFault `exists`, `damaged`, and the faults of the file system
 */
export async function backupStore(
  path: string,
  target: string,
  settings: SqliteSettings,
): Promise<Manifest> {
  const { seal, act, busyTimeoutMs, migrations = readMigrations() } = settings;
  const driver = await loadDriver();
  readFileHeader(path);
  for (const name of [target, manifestPath(target)]) {
    if (existsSync(name)) throw new StoreFault('exists', `${name}: there is a file already`);
  }
  return onFile(target, () => {
    const folder = dirname(resolve(target));
    const workshop = mkdtempSync(join(folder, `.${basename(target)}.partial-`));
    try {
      const partial = join(workshop, 'copy');
      const source = new Connection(path, {
        driver,
        // Who may write tidies the log away when it was the last to use it.
        access: mayWrite(path) ? 'write' : 'read',
        busyTimeoutMs,
        check: (connection) => {
          checkMigrations(connection, migrations);
          checkKey(connection, seal);
        },
      });
      try {
        source.run('VACUUM INTO ?', partial);
      } finally {
        source.close();
      }
      chmodSync(partial, OWNER_ONLY);
      const copy = new Connection(partial, { driver, access: 'read' });
      let manifest: Manifest;
      try {
        checkFile(copy, driver, seal, migrations);
        const { seq, seal: headSeal } = logEnd(copy);
        manifest = {
          ...sha256OfFile(partial),
          schema: schemaVersionOf(copy),
          rows: rowCounts(copy),
          auditHead: { seq, seal: headSeal },
          madeAt: act.at,
        };
      } finally {
        copy.close();
      }
      putInPlace(partial, target);
      const note = join(workshop, 'manifest');
      writeFileSync(note, `${JSON.stringify(manifest, null, 2)}\n`, { mode: OWNER_ONLY });
      putInPlace(note, manifestPath(target));
      return manifest;
    } finally {
      rmSync(workshop, { recursive: true, force: true });
    }
  });
}

/** Rows of every table. */
export function rowCounts(connection: Connection): Record<string, number> {
  const tables = connection.all(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  );
  return Object.fromEntries(
    tables.map(({ name }) => {
      const row = connection.get(`SELECT count(*) AS n FROM "${String(name)}"`);
      return [String(name), whole(row ?? {}, 'n')];
    }),
  );
}
