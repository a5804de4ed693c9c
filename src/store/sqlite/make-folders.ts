import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, for its owner only; one that is there is left as it is. Not
 * `mkdirSync` with `recursive`: where a file system takes no folders, as /proc, that never ends.
 */
export function makeFolders(path: string): void {
  const fault = makeOneFolder(path);
  if (fault === undefined) return;
  const parent = dirname(path);
  if (codeOf(fault) !== 'ENOENT' || parent === path) throw fault;
  makeFolders(parent);
  const again = makeOneFolder(path);
  if (again !== undefined) throw again;
}

/** What stands against it; `undefined`: the folder is there. */
function makeOneFolder(path: string): unknown {
  try {
    mkdirSync(path, { mode: 0o700 });
    return undefined;
  } catch (error) {
    const isThere = codeOf(error) === 'EEXIST' && statSync(path).isDirectory();
    return isThere ? undefined : error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
