import type { Connection } from './connection.ts';
import type { Driver } from './load-driver.ts';
import type { Migration } from './migrations.ts';

const QUERY = `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
  ORDER BY CASE type WHEN 'table' THEN 1 WHEN 'index' THEN 2 ELSE 3 END, name`;

function dumpOf(rows: readonly Readonly<Record<string, unknown>>[]): string {
  return rows.map(({ sql }) => `${String(sql)};\n`).join('\n');
}

/** The whole schema of a file as SQL, in an order that does not depend on how it came about. */
export function schemaDump(connection: Connection): string {
  return dumpOf(connection.all(QUERY));
}

/** The schema that migrations make. */
export function expectedSchema(driver: Driver, migrations: readonly Migration[]): string {
  const db = new driver(':memory:');
  try {
    for (const { sql } of migrations) db.exec(sql);
    return dumpOf(db.prepare<[], Record<string, unknown>>(QUERY).all());
  } finally {
    db.close();
  }
}
