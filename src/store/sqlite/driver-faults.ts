import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreFault, type StoreFaultKind } from '../store-fault.ts';

/** Result codes of SQLite and of the system, by how they begin; the first that fits is taken. */
const KINDS: readonly (readonly [string, StoreFaultKind, string])[] = [
  ['SQLITE_BUSY', 'busy', 'another process is writing to the store; try again'],
  ['SQLITE_LOCKED', 'busy', 'another process is writing to the store; try again'],
  ['SQLITE_FULL', 'full', 'the disk is full; nothing was written'],
  // The index of the log could not grow: SQLite says so instead of "full".
  ['SQLITE_IOERR_SHMSIZE', 'full', 'the disk is full; nothing was written'],
  ['ENOSPC', 'full', 'the disk is full; nothing was written'],
  ['EDQUOT', 'full', 'the disk quota is used up; nothing was written'],
  ['SQLITE_READONLY', 'read-only', 'the store or its folder may not be written'],
  ['SQLITE_PERM', 'read-only', 'the store or its folder may not be written'],
  ['EROFS', 'read-only', 'the disk is read-only'],
  ['EACCES', 'read-only', 'this user may not read or write the store'],
  ['EPERM', 'read-only', 'this user may not read or write the store'],
  ['SQLITE_CORRUPT', 'damaged', 'the store is damaged'],
  ['SQLITE_NOTADB', 'damaged', 'the store is damaged'],
  // A table or a column is not there.
  ['SQLITE_ERROR', 'damaged', 'the store is damaged'],
  ['ENOENT', 'missing', 'there is no such file or folder'],
  ['EEXIST', 'exists', 'there is a file already'],
];

/** Turns what the driver or the file system throws into a fault; anything else is a bug and passes. */
export function asStoreFault(error: unknown, path: string): unknown {
  if (error instanceof StoreFault || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  const known = KINDS.find(([prefix]) => code.startsWith(prefix));
  if (known !== undefined) return fault(known[1], known[2], error, path);
  if (code.startsWith('SQLITE_CANTOPEN') && !mayWrite(path)) {
    return fault('read-only', 'the store or its folder may not be written', error, path);
  }
  if (code.startsWith('SQLITE_CONSTRAINT')) {
    return fault('damaged', 'the store holds rows that contradict each other', error, path);
  }
  const system = code.startsWith('SQLITE_') || /^E[A-Z]+$/.test(code);
  return system ? fault('io', `the file system failed (${code})`, error, path) : error;
}

function fault(kind: StoreFaultKind, words: string, cause: unknown, path: string): StoreFault {
  return new StoreFault(kind, `${path}: ${words}`, { cause });
}

/** Whether a file and its folder may be written, as far as can be told without writing. */
export function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    accessSync(dirname(path), constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** How to look at a file without changing it or leaving anything beside it. */
export function accessForLooking(path: string): 'look' | 'read' {
  return existsSync(`${path}-wal`) || !mayWrite(path) ? 'read' : 'look';
}

/** Runs a step on a file and says its faults as those of the store. @throws StoreFault */
export function onFile<T>(path: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw asStoreFault(error, path);
  }
}
