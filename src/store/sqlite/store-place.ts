import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { StorePlace } from '../file-report.ts';
import { onFile } from './driver-faults.ts';
import { readFileHeader } from './file-header.ts';

/** @throws StoreFault `missing`, `not-ours`, `damaged` */
export function lookAt(path: string): StorePlace {
  const { schemaVersion: schema } = readFileHeader(path);
  return onFile(path, () => {
    const folder = dirname(resolve(path));
    const { bavail, bsize } = statfsSync(folder);
    const files = [path, `${path}-wal`].filter((name) => existsSync(name));
    const bytes = files.reduce((sum, name) => sum + statSync(name).size, 0);
    const mark = `${basename(path)}.schema-`;
    const copies = readdirSync(folder)
      .filter((name) => name.startsWith(mark) && name.endsWith('.backup'))
      .sort()
      .map((name) => join(dirname(path), name));
    return { bytes, schema, freeBytes: bavail * bsize, copies };
  });
}

const LEFTOVER = /^\..+\.partial-[^.]+$/;

/** @throws StoreFault `missing` where there is no such folder */
export function leftoversIn(folder: string): string[] {
  return onFile(folder, () => readdirSync(folder))
    .filter((name) => LEFTOVER.test(name))
    .sort()
    .map((name) => join(folder, name));
}

const PERMISSIONS = 0o777;

/** The permission bits of a file. @throws StoreFault `missing` */
export function modeOf(path: string): number {
  return onFile(path, () => statSync(path)).mode & PERMISSIONS;
}
