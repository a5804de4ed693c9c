import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import type { Manifest } from '../manifest.ts';
import { StoreFault } from '../store-fault.ts';
import { onFile } from './driver-faults.ts';

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
