import { resolve } from 'node:path';
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
 * How a file is used. Neither `look` nor `read` changes it. `read` never writes back a log that stands
 * beside the file, but leaves its own empty one there; `look` takes that away again, and is for a
 * file without a log.
 */
export type Access = 'write' | 'look' | 'read';

/** How to open a file. */
export interface ConnectionSettings {
  readonly driver: Driver;
  /** Absent: `write`. */
  readonly access?: Access | undefined;
  /** Absent: five seconds. */
  readonly busyTimeoutMs?: number | undefined;
  /** Refuses a file, by throwing, before anything of it is set. */
  readonly check?: ((connection: Connection) => void) | undefined;
}

/** The whole path of a store. @throws StoreFault: the driver takes spaces off the ends of a path, and would open another file */
export function wholePath(path: string): string {
  const whole = resolve(path);
  if (whole === whole.trim()) return whole;
  throw new StoreFault('io', `${path}: the name of a store cannot end with a space`);
}

/** An open file with every promise that it needs set, on every open: SQLite keeps few of them itself. */
export class Connection {
  readonly path: string;
  readonly #db: Database.Database;
  readonly #statements = new Map<string, Database.Statement<Value[], Row>>();

  /** @throws StoreFault */
  constructor(path: string, settings: ConnectionSettings) {
    const { driver, access = 'write', busyTimeoutMs, check } = settings;
    this.path = path;
    this.#db = onFile(
      path,
      () =>
        new driver(wholePath(path), {
          readonly: access === 'read',
          fileMustExist: true,
          timeout: busyTimeoutMs ?? BUSY_TIMEOUT_MS,
        }),
    );
    try {
      this.#setSafety(access);
      check?.(this);
      if (access === 'write') this.#setDurability();
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  #setSafety(access: Access): void {
    onFile(this.path, () => {
      this.#db.pragma('trusted_schema = OFF');
      this.#db.pragma('cell_size_check = ON');
      this.#db.pragma('foreign_keys = ON');
      this.#db.pragma('recursive_triggers = ON');
      // What is erased must not stay in the file.
      this.#db.pragma('secure_delete = ON');
      if (access === 'look') this.#db.pragma('query_only = ON');
    });
  }

  #setDurability(): void {
    onFile(this.path, () => {
      const mode = this.#db.pragma('journal_mode = WAL', { simple: true });
      if (mode !== 'wal') {
        throw new StoreFault('io', `${this.path}: the disk cannot hold a write-ahead log`);
      }
      // A file that is in WAL mode already is opened at NORMAL, which may lose what was acknowledged.
      this.#db.pragma('synchronous = FULL');
      this.#db.pragma(`wal_autocheckpoint = ${AUTOCHECKPOINT_PAGES}`);
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
