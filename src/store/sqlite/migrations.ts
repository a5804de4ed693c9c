import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onFile } from './driver-faults.ts';

/** A step of the schema: plain SQL, never edited after its release. */
export interface Migration {
  /** The schema version that it makes; from 1, without gaps. */
  readonly version: number;
  /** `0001_store.sql` */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the SQL, in lower-case hex. */
  readonly sha256: string;
}

/** The migrations of this release. */
export const MIGRATIONS_FOLDER = fileURLToPath(
  new URL('../../../migrations/sqlite', import.meta.url),
);

const NAME = /^(\d{4})_[a-z0-9-]+\.sql$/;

/** Reads the migrations of a folder, in order. @throws StoreFault */
export function readMigrations(folder: string = MIGRATIONS_FOLDER): readonly Migration[] {
  return onFile(folder, () =>
    readdirSync(folder)
      .filter((name) => NAME.test(name))
      .sort()
      .map((name, index) => {
        const sql = readFileSync(join(folder, name), 'utf8');
        const version = Number(NAME.exec(name)?.[1]);
        if (version !== index + 1) throw new Error(`${folder}: there is no migration ${index + 1}`);
        return { version, name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
      }),
  );
}
