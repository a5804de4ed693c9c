import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes sure that a file's content, or a folder's list of names, has reached the disk. */
export function syncPath(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
