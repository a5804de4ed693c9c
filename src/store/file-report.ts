import type { AuditReport } from './audit.ts';

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
}
