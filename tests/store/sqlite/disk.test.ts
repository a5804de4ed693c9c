import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asStoreFault } from '../../../src/store/sqlite/driver-faults.ts';
import { StoreFault } from '../../../src/store/store-fault.ts';
import { mayMount, runMounted } from '../child.ts';
import { filledStore, tempFolder } from '../temp-stores.ts';

const mounting = mayMount();

describe.skipIf(!mounting)(
  'on a disk of its own (needs unshare, which this machine may refuse)',
  () => {
    test('a full disk is said as such, keeps what was acknowledged, and all is well with room again', () => {
      const folder = tempFolder();
      const output = runMounted(`mount -t tmpfs -o size=2m none '${folder}'`, 'fill-disk', folder);
      const told = JSON.parse(output);
      expect(told).toMatchObject({ fault: 'full', again: 'ok', findings: [] });
      expect(told.kept).toBeGreaterThan(0);
      expect(told.readable).toBe(told.kept);
      expect(told.after).toBe(told.kept + 50);
    });

    test('a read-only disk is said as such', async () => {
      const { folder, path, store } = await filledStore();
      await store.close();
      const setup = `mount --bind '${folder}' '${folder}' && mount -o remount,bind,ro '${folder}'`;
      expect(runMounted(setup, 'open-read-only', path)).toBe('read-only');
    });

    test('a read-only file in a folder that may be written is said as such', async () => {
      const { path, store } = await filledStore();
      await store.close();
      const setup = `mount --bind '${path}' '${path}' && mount -o remount,bind,ro '${path}'`;
      expect(runMounted(setup, 'open-read-only', path)).toBe('read-only');
    });
  },
);

describe('what the driver and the system throw', () => {
  test.each([
    ['SQLITE_BUSY_SNAPSHOT', 'busy'],
    ['SQLITE_LOCKED', 'busy'],
    ['SQLITE_FULL', 'full'],
    ['ENOSPC', 'full'],
    ['EDQUOT', 'full'],
    ['SQLITE_READONLY_DBMOVED', 'read-only'],
    ['EROFS', 'read-only'],
    ['EACCES', 'read-only'],
    ['SQLITE_CORRUPT_VTAB', 'damaged'],
    ['SQLITE_NOTADB', 'damaged'],
    ['SQLITE_CONSTRAINT_FOREIGNKEY', 'damaged'],
    ['SQLITE_IOERR_FSYNC', 'io'],
    ['EIO', 'io'],
    ['EMFILE', 'io'],
  ])('%s is said as %s', (code, kind) => {
    const thrown = Object.assign(new Error('from below'), { code });
    const fault = asStoreFault(thrown, join('data', 'clinic.db'));
    expect(fault).toBeInstanceOf(StoreFault);
    expect(fault).toMatchObject({ kind, cause: thrown });
  });

  test('a mistake of ours is not said as a fault of the file', () => {
    const bug = new TypeError('x is not a function');
    expect(asStoreFault(bug, 'clinic.db')).toBe(bug);
  });
});
