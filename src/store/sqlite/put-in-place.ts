import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StoreFault } from '../store-fault.ts';

/** Disks that know no second name for a file say one of these. */
const NO_LINKS = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'];

/**
 * Gives a file that is whole its name, so that it is there after a crash, or not at all. A file that has
 * the name already is never replaced: a link fails where a rename would take its place.
 * @throws StoreFault `exists`
 */
export function putInPlace(partial: string, path: string): void {
  syncPath(partial);
  try {
    linkSync(partial, path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!NO_LINKS.includes(code)) throw error;
    if (existsSync(path)) throw new StoreFault('exists', `${path}: there is a file already`);
    renameSync(partial, path);
  }
  syncPath(dirname(resolve(path)));
}

/** Makes sure that a file's content, or a folder's list of names, has reached the disk. */
function syncPath(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
