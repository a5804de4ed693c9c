import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { StoreFault, type StoreFaultKind } from '../../src/store/store-fault.ts';

/** Opens a file past the store, as someone who tampers would. */
export function raw<T>(path: string, use: (db: Database.Database) => T): T {
  const db = new Database(path);
  try {
    return use(db);
  } finally {
    db.close();
  }
}

/** The bytes of every file of a folder. */
export function bytesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('base64')]),
  );
}

/** What the machine would have on its disk if it stopped now: the file and its log. */
export function copyAsCrashed(path: string, target: string): void {
  copyFileSync(path, target);
  if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${target}-wal`);
}

/** The kind of fault that a step ends with; `none` when it does not. */
export async function faultOf(step: () => Promise<unknown>): Promise<StoreFaultKind | 'none'> {
  try {
    await step();
    return 'none';
  } catch (error) {
    if (error instanceof StoreFault) return error.kind;
    throw error;
  }
}

/** Everything that a file says, table by table: the rows as JSON, sorted. */
export function tablesOf(path: string): (readonly [string, readonly string[]])[] {
  return raw(path, (db) => {
    const tables = db
      .prepare<[], { name: string }>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .all();
    return tables.map(({ name }) => [
      name,
      db
        .prepare<[], Record<string, unknown>>(`SELECT * FROM "${name}"`)
        .all()
        .map((row) => JSON.stringify(row))
        .sort(),
    ]);
  });
}
