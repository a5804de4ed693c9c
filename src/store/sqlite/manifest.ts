import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import type { AuditHead } from '../audit.ts';
import { StoreFault } from '../store-fault.ts';
import { onFile } from './driver-faults.ts';

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

export function manifestPath(backup: string): string {
  return `${backup}.json`;
}

/** @throws StoreFault `missing`, `damaged` */
export function readManifest(backup: string): Manifest {
  const path = manifestPath(backup);
  const text = onFile(path, () => readFileSync(path, 'utf8'));
  try {
    const value = JSON.parse(text) as Manifest;
    const whole = [value.bytes, value.schema, value.auditHead.seq, value.madeAt];
    if (whole.every(Number.isSafeInteger) && /^[0-9a-f]{64}$/.test(value.sha256)) return value;
  } catch (error) {
    throw new StoreFault('damaged', `${path}: the manifest is not readable`, { cause: error });
  }
  throw new StoreFault('damaged', `${path}: the manifest is not readable`);
}

const CHUNK = 1 << 20;

/** The SHA-256 of a file of any size, in lower-case hex. */
export function sha256OfFile(path: string): { readonly sha256: string; readonly bytes: number } {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(CHUNK);
  const file = openSync(path, 'r');
  try {
    let bytes = 0;
    for (;;) {
      const read = readSync(file, buffer, 0, CHUNK, null);
      if (read === 0) return { sha256: hash.digest('hex'), bytes };
      hash.update(buffer.subarray(0, read));
      bytes += read;
    }
  } finally {
    closeSync(file);
  }
}
