import type { AuditReport } from './audit.ts';
import type { Manifest } from './manifest.ts';

/** Something that is wrong with a store's file. */
export interface Finding {
  /**
   * - `pages`: the file's structure is broken, or an index does not fit its table
   * - `references`: a row refers to one that is not there
   * - `schema`: the tables are not those of the migrations
   * - `audit`: the audit log was changed
   * - `content`: a row is not what the audit log says was written
   */
  readonly kind: 'pages' | 'references' | 'schema' | 'audit' | 'content';
  /** One sentence for a person, without anything about a patient. */
  readonly message: string;
}

/** The outcome of checking a whole file. */
export interface FileReport {
  /** Empty: the file is whole. */
  readonly findings: readonly Finding[];
  /** Null where the file is too broken to be read. */
  readonly audit: AuditReport | null;
  /** True: bytes of erased patients are left in the file, until `Store.purge`. */
  readonly purgePending: boolean;
}

/** A backup in a folder. */
export interface BackupFile {
  readonly path: string;
  /** Null: it has none that can be read, so that it was not finished, or is no backup. */
  readonly manifest: Manifest | null;
}

/** What can be told of a store's place without opening the store. */
export interface StorePlace {
  /** Bytes of the store and of its log; 0 where there is none. */
  readonly bytes: number;
  /** The version of its schema, as the file's head tells it. */
  readonly schema: number;
  /** Bytes that this user may still write on its disk. */
  readonly freeBytes: number;
  /** Backups beside it that opening it with a newer release left. */
  readonly copies: readonly string[];
}
