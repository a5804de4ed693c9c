import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sqliteFiles } from '../../../src/store/sqlite/sqlite-files.ts';
import { act, NORTH, UID_SECRET, value } from '../fixtures.ts';
import { bytesOf, faultOf, raw } from '../raw.ts';
import { tempFolder } from '../temp-stores.ts';

const settings = { key: new Uint8Array(32).fill(7), act: act() };

async function closedStore() {
  const folder = tempFolder();
  const path = join(folder, 'clinic.db');
  const store = await sqliteFiles.create(path, { ...settings, uidSecret: UID_SECRET });
  value(await store.createClinic(act(), NORTH));
  await store.close();
  return { folder, path };
}

test('a store is made, opened, backed up, restored and checked with the key alone', async () => {
  const { folder, path } = await closedStore();
  const backup = join(folder, 'backup.db');
  const manifest = await sqliteFiles.backup(path, backup, settings);
  const restored = join(folder, 'restored.db');
  expect(await sqliteFiles.restore(backup, restored, settings)).toEqual(manifest);
  const store = await sqliteFiles.open(restored, settings);
  expect(await store.listClinics()).toEqual([NORTH]);
  expect(await store.uidSecret()).toBe(UID_SECRET);
  await store.close();
  const report = await sqliteFiles.verify(restored, settings, manifest.auditHead);
  expect(report.findings).toEqual([]);
  const other = { ...manifest.auditHead, seal: '00' };
  expect((await sqliteFiles.verify(restored, settings, other)).audit?.breach?.kind).toBe('head');
});

test('a file is checked without being changed, and another key is a fault', async () => {
  const { folder, path } = await closedStore();
  raw(path, (db) => db.exec("UPDATE clinic SET zone = 'UTC'"));
  const before = bytesOf(folder);
  expect((await sqliteFiles.verify(path, settings)).findings).toMatchObject([{ kind: 'content' }]);
  expect(bytesOf(folder)).toEqual(before);
  const otherKey = { ...settings, key: new Uint8Array(32).fill(8) };
  expect(await faultOf(() => sqliteFiles.verify(path, otherKey))).toBe('wrong-key');
  expect(await faultOf(() => sqliteFiles.open(path, otherKey))).toBe('wrong-key');
  const place = { ...settings, uidSecret: UID_SECRET };
  expect(await faultOf(() => sqliteFiles.create(path, place))).toBe('exists');
});

test.skipIf(!existsSync('/proc/self'))(
  'a place that takes no folders is told, by making a store and by restoring one',
  async () => {
    const { folder, path } = await closedStore();
    const backup = join(folder, 'backup.db');
    await sqliteFiles.backup(path, backup, settings);
    const nowhere = '/proc/none/more/clinic.db';
    const place = { ...settings, uidSecret: UID_SECRET };
    expect(await faultOf(() => sqliteFiles.create(nowhere, place))).toBe('missing');
    expect(await faultOf(() => sqliteFiles.restore(backup, nowhere, settings))).toBe('missing');
    expect(await faultOf(() => sqliteFiles.makeRoom(nowhere))).toBe('missing');
  },
);

test('room is made with the folders above it, and nothing is left there', async () => {
  const { folder, path } = await closedStore();
  const below = join(folder, 'a', 'b');
  await sqliteFiles.makeRoom(join(below, 'clinic.db'));
  expect(readdirSync(below)).toEqual([]);
  expect(await faultOf(() => sqliteFiles.makeRoom(path))).toBe('exists');
  expect(await faultOf(() => sqliteFiles.makeRoom(join(path, 'clinic.db')))).toBe('exists');
});
