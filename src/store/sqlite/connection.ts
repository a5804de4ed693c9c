import { pathToFileURL } from 'node:url';
import type Database from 'better-sqlite3';
import { StoreFault } from '../store-fault.ts';
import { onFile } from './driver-faults.ts';
import type { Driver } from './load-driver.ts';

/** A row as the driver gives it, before it is parsed. */
export type Row = Readonly<Record<string, unknown>>;

/** What may be bound to a statement. */
export type Value = string | number | null;

/** How long to wait for another writer, in milliseconds. */
export const BUSY_TIMEOUT_MS = 5000;

/** Pages of the log before it is written back into the file: 40 MB. */
const AUTOCHECKPOINT_PAGES = 10_000;

/**
 * How a file is used. `read` leaves it as it is, but may put an empty log and its index beside it.
 * `read-alone` puts nothing anywhere; it is for a file that no one writes, and does not see a log.
 */
type Access = 'write' | 'read' | 'read-alone';

/** A URI, because the driver takes spaces off the ends of a plain path. */
function fileUri(path: string, access: Access): string {
  return `${pathToFileURL(path).href}${access === 'read-alone' ? '?immutable=1' : ''}`;
}

/** How to open a file. */
export interface ConnectionSettings {
  readonly driver: Driver;
  /** Absent: `write`. */
  readonly access?: Access | undefined;
  /** Absent: five seconds. */
  readonly busyTimeoutMs?: number | undefined;
}

/** An open file with every promise that it needs set, on every open: SQLite keeps few of them itself. */
export class Connection {
  readonly path: string;
  readonly #db: Database.Database;
  readonly #statements = new Map<string, Database.Statement<Value[], Row>>();

  /** @throws StoreFault */
  constructor(path: string, { driver, access = 'write', busyTimeoutMs }: ConnectionSettings) {
    this.path = path;
    this.#db = onFile(
      path,
      () =>
        new driver(fileUri(path, access), {
          readonly: access !== 'write',
          fileMustExist: true,
          timeout: busyTimeoutMs ?? BUSY_TIMEOUT_MS,
        }),
    );
    try {
      this.#setPragmas(access);
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  #setPragmas(access: Access): void {
    onFile(this.path, () => {
      this.#db.pragma('trusted_schema = OFF');
      this.#db.pragma('cell_size_check = ON');
      this.#db.pragma('foreign_keys = ON');
      this.#db.pragma('recursive_triggers = ON');
      if (access !== 'write') return;
      const mode = this.#db.pragma('journal_mode = WAL', { simple: true });
      if (mode !== 'wal') {
        throw new StoreFault('io', `${this.path}: the disk cannot hold a write-ahead log`);
      }
      // A file that is in WAL mode already is opened at NORMAL, which may lose what was acknowledged.
      this.#db.pragma('synchronous = FULL');
      this.#db.pragma(`wal_autocheckpoint = ${AUTOCHECKPOINT_PAGES}`);
      // What is erased must not stay in the file.
      this.#db.pragma('secure_delete = ON');
    });
  }

  #prepared(sql: string): Database.Statement<Value[], Row> {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#db.prepare<Value[], Row>(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  get(sql: string, ...values: Value[]): Row | undefined {
    return onFile(this.path, () => this.#prepared(sql).get(...values));
  }

  all(sql: string, ...values: Value[]): Row[] {
    return onFile(this.path, () => this.#prepared(sql).all(...values));
  }

  /** Rows one by one; nothing else may be asked of the connection meanwhile but other reads. */
  *each(sql: string, ...values: Value[]): Generator<Row> {
    const rows = onFile(this.path, () => this.#db.prepare<Value[], Row>(sql).iterate(...values));
    try {
      for (;;) {
        const next = onFile(this.path, () => rows.next());
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      rows.return?.();
    }
  }

  /** @returns how many rows were changed */
  run(sql: string, ...values: Value[]): number {
    return onFile(this.path, () => this.#prepared(sql).run(...values).changes);
  }

  pragma(text: string): unknown {
    return onFile(this.path, () => this.#db.pragma(text, { simple: true }));
  }

  /** Runs several statements; for migrations. */
  script(sql: string): void {
    onFile(this.path, () => this.#db.exec(sql));
  }

  /** Reads one moment of the file, however many statements it takes. */
  read<T>(work: () => T): T {
    return this.#within('BEGIN', work, () => false);
  }

  /**
   * Writes all or nothing. The lock is taken at the start: a transaction that reads first and then
   * writes is refused at once when another one wrote in between.
   */
  write<T>(work: () => T, keep: (result: T) => boolean): T {
    return this.#within('BEGIN IMMEDIATE', work, keep);
  }

  #within<T>(begin: string, work: () => T, keep: (result: T) => boolean): T {
    this.run(begin);
    try {
      const result = work();
      this.run(keep(result) ? 'COMMIT' : 'ROLLBACK');
      return result;
    } catch (error) {
      // A full disk ends the transaction by itself.
      if (this.#db.inTransaction) this.run('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    onFile(this.path, () => this.#db.close());
  }
}
