import { mkdirSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { Connection } from '../../../src/store/sqlite/connection.ts';
import { createStore } from '../../../src/store/sqlite/create-store.ts';
import { APPLICATION_ID } from '../../../src/store/sqlite/file-header.ts';
import { hmacSeal } from '../../../src/store/sqlite/hmac-seal.ts';
import { loadDriver } from '../../../src/store/sqlite/load-driver.ts';
import { readMigrations } from '../../../src/store/sqlite/migrations.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { verifyStore } from '../../../src/store/sqlite/verify-store.ts';
import { act, OTHER_SEAL, SEAL, UID_SECRET } from '../fixtures.ts';
import { bytesOf, copyAsCrashed, faultOf, raw } from '../raw.ts';
import { filledStore, tempFolder } from '../temp-stores.ts';

const settings = { seal: SEAL, act: act() };

/** The version of this release's schema. */
const known = readMigrations().length;

async function closedStore() {
  const made = await filledStore();
  await made.store.close();
  return made;
}

describe('every open', () => {
  test.each([1, 2, 3])('open number %i sets every pragma', async () => {
    const { path } = await closedStore();
    for (let open = 0; open < 2; open += 1) {
      const connection = new Connection(path, { driver: await loadDriver() });
      const names = [
        'journal_mode',
        'synchronous',
        'foreign_keys',
        'busy_timeout',
        'trusted_schema',
      ];
      names.push('cell_size_check', 'secure_delete', 'recursive_triggers', 'wal_autocheckpoint');
      const values = names.map((name) => connection.pragma(name));
      connection.close();
      expect(values).toEqual(['wal', 2, 1, 5000, 0, 1, 1, 1, 10_000]);
    }
  });

  test('a store that was closed leaves one file, and is the same when it is opened again', async () => {
    const { path, folder } = await closedStore();
    expect(readdirSync(folder)).toEqual(['clinic.db']);
    const store = await openStore(path, settings);
    expect(await store.uidSecret()).toBe(UID_SECRET);
    expect((await store.verifyAudit()).breach).toBeNull();
    await store.close();
    expect((await verifyStore(path, settings)).findings).toEqual([]);
    expect(readdirSync(folder)).toEqual(['clinic.db']);
  });
});

describe('making a store', () => {
  test('makes its folder and its file for the owner alone', async () => {
    const path = join(tempFolder(), 'data', 'clinic.db');
    await (await createStore(path, { ...settings, uidSecret: UID_SECRET })).close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(readdirSync(dirname(path))).toEqual(['clinic.db']);
  });

  test('never touches what is there: a store, another file, the log of a store that is gone', async () => {
    const { path, folder } = await closedStore();
    writeFileSync(join(folder, 'letter.txt'), 'Dear colleague');
    writeFileSync(join(folder, 'gone.db-wal'), 'the log of a lost store');
    const before = bytesOf(folder);
    for (const name of ['clinic.db', 'letter.txt', 'gone.db']) {
      const make = () => createStore(join(folder, name), { ...settings, uidSecret: UID_SECRET });
      expect(await faultOf(make)).toBe('exists');
    }
    expect(bytesOf(folder)).toEqual(before);
    expect(path).toContain(folder);
  });

  test('a name that ends with a space is refused: the driver would open another file', async () => {
    const folder = tempFolder();
    const make = () =>
      createStore(join(folder, 'clinic.db '), { ...settings, uidSecret: UID_SECRET });
    expect(await faultOf(make)).toBe('io');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a key that is too short is refused', () => {
    expect(() => hmacSeal(new Uint8Array(31))).toThrow(RangeError);
  });
});

describe('a file that is refused is left as it is', () => {
  const foreign = (folder: string, id: number) => {
    const path = join(folder, 'other.db');
    raw(path, (db) => {
      db.pragma(`application_id = ${id}`);
      db.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1)');
    });
    return path;
  };

  const written = (name: string, content: string | Buffer) => (folder: string) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  test.each<[string, (folder: string) => string, string]>([
    ['an empty file', written('x.db', ''), 'not-ours'],
    ['a letter', written('x.db', 'Dear colleague, '.repeat(100)), 'not-ours'],
    ['a file of eight bytes', written('x.db', 'SQLite f'), 'not-ours'],
    ['a file that is missing', (folder) => join(folder, 'none.db'), 'missing'],
    ['a file in a folder that is missing', (folder) => join(folder, 'none', 'none.db'), 'missing'],
    ['a database of another program', (folder) => foreign(folder, 7), 'not-ours'],
    ['a database that only has our number', (folder) => foreign(folder, APPLICATION_ID), 'damaged'],
  ])('%s', async (_, make, kind) => {
    const folder = tempFolder();
    const path = make(folder);
    const before = bytesOf(folder);
    expect(await faultOf(() => openStore(path, settings))).toBe(kind);
    expect(await faultOf(() => verifyStore(path, settings))).toBe(kind);
    expect(bytesOf(folder)).toEqual(before);
  });

  test('a folder', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'clinic.db'));
    expect(await faultOf(() => openStore(join(folder, 'clinic.db'), settings))).toBe('not-ours');
  });

  test('a newer one, and the fault names both versions', async () => {
    const { path, folder } = await closedStore();
    raw(path, (db) => db.pragma('user_version = 99'));
    const before = bytesOf(folder);
    await expect(openStore(path, settings)).rejects.toMatchObject({
      kind: 'too-new',
      message: expect.stringMatching(new RegExp(`schema 99.*knows ${known}.*install`)),
    });
    expect(bytesOf(folder)).toEqual(before);
  });

  test('one that is newer in its log only, the log with it', async () => {
    const { path } = await closedStore();
    const folder = tempFolder();
    const copy = join(folder, 'copy.db');
    raw(path, (db) => {
      db.pragma('journal_mode = WAL');
      db.pragma('user_version = 99');
      copyAsCrashed(path, copy);
    });
    const { 'copy.db': main, 'copy.db-wal': log } = bytesOf(folder);
    expect(await faultOf(() => openStore(copy, settings))).toBe('too-new');
    expect(bytesOf(folder)).toMatchObject({ 'copy.db': main, 'copy.db-wal': log });
  });

  test('one whose migrations are not those of this release', async () => {
    const { path, folder } = await closedStore();
    raw(path, (db) => db.exec("UPDATE schema_migration SET sha256 = 'another'"));
    const before = bytesOf(folder);
    expect(await faultOf(() => openStore(path, settings))).toBe('not-ours');
    expect(bytesOf(folder)).toEqual(before);
  });

  test('one that is sealed with another key', async () => {
    const { path, folder } = await closedStore();
    const before = bytesOf(folder);
    expect(await faultOf(() => openStore(path, { ...settings, seal: OTHER_SEAL }))).toBe(
      'wrong-key',
    );
    expect(bytesOf(folder)).toEqual(before);
  });

  test('one that was cut off', async () => {
    const { path, folder } = await closedStore();
    truncateSync(path, statSync(path).size - 4096);
    const before = bytesOf(folder);
    expect(await faultOf(() => openStore(path, settings))).toBe('damaged');
    expect(bytesOf(folder)).toEqual(before);
  });

  test('one whose tables were overwritten', async () => {
    const { path, folder } = await closedStore();
    const size = statSync(path).size;
    truncateSync(path, 4096);
    truncateSync(path, size);
    const before = bytesOf(folder);
    expect(await faultOf(() => openStore(path, settings))).toBe('damaged');
    expect(bytesOf(folder)).toEqual(before);
  });
});

describe('while a store is open', () => {
  test('a newer release that migrates it stops the older one from writing', async () => {
    const { path, store } = await filledStore();
    raw(path, (db) => db.pragma(`user_version = ${known + 1}`));
    const change = () => store.createClinic(act(), { id: 3, code: 'E', name: 'East', zone: 'UTC' });
    expect(await faultOf(change)).toBe('too-new');
    await store.close();
  });

  test('a writer that holds the file for too long is said as busy; afterwards all is well', async () => {
    const { path, store } = await filledStore();
    const second = await openStore(path, { ...settings, busyTimeoutMs: 20 });
    const change = () =>
      second.createClinic(act(), { id: 3, code: 'E', name: 'East', zone: 'UTC' });
    const holder = new Database(path);
    holder.exec('BEGIN IMMEDIATE');
    expect(await faultOf(change)).toBe('busy');
    expect(await second.listClinics()).toHaveLength(2);
    holder.exec('ROLLBACK');
    holder.close();
    expect(await change()).toEqual({ outcome: 'ok', value: null });
    await second.close();
    await store.close();
  });
});

describe('the driver', () => {
  test.each([undefined, '9'])('is not loaded by a Node with Node-API %s', async (nodeApi) => {
    await expect(loadDriver(nodeApi ?? '')).rejects.toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining('Node 24'),
    });
  });
});
