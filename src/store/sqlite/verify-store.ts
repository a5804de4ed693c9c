import type { AuditHead } from '../audit.ts';
import type { FileReport } from '../file-report.ts';
import { Connection } from './connection.ts';
import { accessForLooking } from './driver-faults.ts';
import { readFileHeader } from './file-header.ts';
import { checkKey } from './key-check.ts';
import { loadDriver } from './load-driver.ts';
import { checkMigrations } from './migrate.ts';
import { readMigrations } from './migrations.ts';
import type { SqliteSettings } from './open-store.ts';
import { reportOnFile } from './verify-file.ts';

/**
 * Checks a store's file: its pages, references, schema, audit log, and each row against the log.
 * `outside` is a head that was kept elsewhere, in a backup's manifest say. Changes nothing.
 * @throws StoreFault for a file that is missing, not ours, too new, cut off, or sealed with another key
 */
export async function verifyStore(
  path: string,
  { seal, busyTimeoutMs, migrations = readMigrations() }: SqliteSettings,
  outside?: AuditHead,
): Promise<FileReport> {
  const driver = await loadDriver();
  readFileHeader(path);
  const access = accessForLooking(path);
  const connection = new Connection(path, { driver, access, busyTimeoutMs });
  try {
    checkMigrations(connection, migrations);
    checkKey(connection, seal);
    return reportOnFile(connection, driver, seal, migrations, outside);
  } finally {
    connection.close();
  }
}
