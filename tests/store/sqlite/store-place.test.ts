import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { leftoversIn, lookAt, modeOf } from '../../../src/store/sqlite/store-place.ts';
import { StoreFault } from '../../../src/store/store-fault.ts';
import { bytesOf } from '../raw.ts';
import { filledStore, tempFolder } from '../temp-stores.ts';

describe('the place of a store', () => {
  test('is looked at without opening the store: no byte changes, and the log counts', async () => {
    const { path, folder, store } = await filledStore();
    const before = bytesOf(folder);
    const { bytes, schema, freeBytes, copies } = lookAt(path);
    expect(bytes).toBe(statSync(path).size + statSync(`${path}-wal`).size);
    expect(schema).toBeGreaterThan(1);
    expect(freeBytes).toBeGreaterThan(0);
    expect(copies).toEqual([]);
    expect(bytesOf(folder)).toEqual(before);
    await store.close();
    expect(lookAt(path).bytes).toBe(statSync(path).size);
  });

  test('tells the copies from before a migration, of this store alone', async () => {
    const { path, folder, store } = await filledStore();
    await store.close();
    const copy = 'clinic.db.schema-1-1781524800000.backup';
    for (const name of [copy, `${copy}.json`, 'other.db.schema-1-1.backup']) {
      writeFileSync(join(folder, name), '');
    }
    expect(lookAt(path).copies).toEqual([join(folder, copy)]);
  });

  test('tells the folders that killed work left, whatever store they are of', () => {
    const folder = tempFolder();
    for (const name of [
      '.clinic.db.partial-AbC123',
      '.b.backup.partial-x1',
      '.git',
      'a.partial-x',
    ]) {
      mkdirSync(join(folder, name));
    }
    expect(leftoversIn(folder)).toEqual(
      ['.b.backup.partial-x1', '.clinic.db.partial-AbC123'].map((name) => join(folder, name)),
    );
  });

  test('is a fault where there is none', () => {
    const none = join(tempFolder(), 'none');
    for (const look of [lookAt, leftoversIn, modeOf]) expect(() => look(none)).toThrow(StoreFault);
  });
});
