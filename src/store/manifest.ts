import type { AuditHead } from './audit.ts';

/** What a backup holds, in a file beside it; a backup without one was not finished. */
export interface Manifest {
  /** SHA-256 of the backup file, in lower-case hex. */
  readonly sha256: string;
  /** Its size in bytes. */
  readonly bytes: number;
  /** The version of its schema. */
  readonly schema: number;
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** The end of its audit log. */
  readonly auditHead: AuditHead;
  /** When it was made, in milliseconds since 1970-01-01T00:00Z. */
  readonly madeAt: number;
}
