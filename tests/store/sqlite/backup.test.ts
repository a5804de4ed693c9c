import {
  closeSync,
  cpSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { backupStore } from '../../../src/store/sqlite/backup.ts';
import { manifestPath } from '../../../src/store/sqlite/manifest.ts';
import { readMigrations } from '../../../src/store/sqlite/migrations.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { restoreStore } from '../../../src/store/sqlite/restore.ts';
import { verifyStore } from '../../../src/store/sqlite/verify-store.ts';
import { startChild, untilLines } from '../child.ts';
import { act, NORTH, newEpisode, OTHER_SEAL, SEAL, value } from '../fixtures.ts';
import { bytesOf, faultOf, raw, tablesOf } from '../raw.ts';
import { filledStore, tempFolder } from '../temp-stores.ts';

const settings = { seal: SEAL, act: act() };

async function backedUp() {
  const made = await filledStore();
  const backup = join(made.folder, 'backup.db');
  const manifest = await backupStore(made.path, backup, settings);
  await made.store.close();
  return { ...made, backup, manifest };
}

describe('a backup', () => {
  test('of an open store is the store at that moment, with a manifest that says so', async () => {
    const { path, backup, manifest, folder } = await backedUp();
    expect(tablesOf(backup)).toEqual(tablesOf(path));
    expect(JSON.parse(readFileSync(manifestPath(backup), 'utf8'))).toEqual(manifest);
    expect(manifest).toMatchObject({
      schema: readMigrations().length,
      rows: { episode: 3, event: 6, clinic: 2 },
    });
    const outside = manifest.auditHead;
    expect((await verifyStore(path, settings, outside)).findings).toEqual([]);
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(['backup.db', 'backup.db.json', 'clinic.db']);
  });

  test('never replaces a file', async () => {
    const { path, backup, folder } = await backedUp();
    const before = bytesOf(folder);
    expect(await faultOf(() => backupStore(path, backup, settings))).toBe('exists');
    expect(bytesOf(folder)).toEqual(before);
  });

  test('of a store that fails its own check is not made', async () => {
    const { path, folder } = await backedUp();
    raw(path, (db) => db.exec("UPDATE clinic SET name = 'x' WHERE id = 1"));
    expect(await faultOf(() => backupStore(path, join(folder, 'second.db'), settings))).toBe(
      'damaged',
    );
    expect(readdirSync(folder)).not.toContain('second.db');
  });

  test('is made while another process goes on writing', async () => {
    const { path, folder, store } = await filledStore();
    const writer = startChild('write-loop', path, '11', 'w', '0');
    await untilLines(writer, 5);
    const target = join(folder, 'under-load.db');
    const manifest = await backupStore(path, target, settings);
    const seen = writer.printed().split('\n').length;
    await untilLines(writer, seen + 5);
    writer.process.kill('SIGKILL');
    await writer.ended;
    expect((await verifyStore(target, settings, manifest.auditHead)).findings).toEqual([]);
    await store.close();
    expect((await verifyStore(path, settings, manifest.auditHead)).findings).toEqual([]);
  });

  test('that is killed leaves nothing that looks like one, and the store as it was', async () => {
    const { path, folder, store } = await filledStore();
    const episodes = Array.from({ length: 3000 }, (_, index) => newEpisode(1000 + index));
    value(await store.registerEpisodes(act(), { clinic: NORTH.id, episodes }));
    const head = await store.auditHead();
    for (const wait of [0, 20, 60, 150]) {
      const target = join(folder, `killed-${wait}.db`);
      const child = startChild('make-backup', path, target);
      await untilLines(child, 1);
      await new Promise((settle) => setTimeout(settle, wait));
      child.process.kill('SIGKILL');
      await child.ended;
      // Either it was finished, and restores, or it has no manifest, and does not.
      const restored = join(folder, `restored-${wait}.db`);
      const fault = await faultOf(() => restoreStore(target, restored, settings));
      expect(fault).toBe(existsSync(manifestPath(target)) ? 'none' : 'missing');
    }
    expect(await store.auditHead()).toEqual(head);
    await store.close();
    expect((await verifyStore(path, settings)).findings).toEqual([]);
  });
});

describe('restoring', () => {
  test('gives the store back, and the audit says that it was restored', async () => {
    const { path, backup, manifest } = await backedUp();
    const target = join(tempFolder(), 'again.db');
    await restoreStore(backup, target, { ...settings, act: act(60_000, 'operator') });
    const store = await openStore(target, settings);
    const rows = await store.pageAudit({ after: manifest.auditHead.seq, limit: 9 });
    expect(rows).toMatchObject([
      { action: 'store.restored', actor: 'operator', at: act(60_000).at },
    ]);
    const original = await openStore(path, settings);
    for (const episode of [10, 11, 12]) {
      const scope = { clinic: NORTH.id, episode };
      expect(await store.loadCase(scope)).toEqual(await original.loadCase(scope));
    }
    await store.close();
    await original.close();
    expect((await verifyStore(target, settings, manifest.auditHead)).findings).toEqual([]);
  });

  test.each(['', '-wal', '-shm', '-journal'])(
    'refuses beside a file that is left of another store: clinic.db%s',
    async (suffix) => {
      const { backup } = await backedUp();
      const folder = tempFolder();
      const target = join(folder, 'clinic.db');
      writeFileSync(`${target}${suffix}`, 'left over');
      const before = bytesOf(folder);
      expect(await faultOf(() => restoreStore(backup, target, settings))).toBe('exists');
      expect(bytesOf(folder)).toEqual(before);
    },
  );

  test.each([
    ['without a manifest', (backup: string) => rmSync(manifestPath(backup)), 'missing'],
    [
      'with a manifest that is not readable',
      (backup: string) => writeFileSync(manifestPath(backup), '{"sha'),
      'damaged',
    ],
    [
      'with an empty manifest',
      (backup: string) => writeFileSync(manifestPath(backup), '{}'),
      'damaged',
    ],
    ['with a changed byte', (backup: string) => changeByte(backup, 9000), 'damaged'],
    ['that is empty', (backup: string) => writeFileSync(backup, ''), 'not-ours'],
    ['of a newer release', (backup: string) => newer(backup), 'too-new'],
  ])('refuses a backup %s', async (_, spoil, kind) => {
    const { backup } = await backedUp();
    spoil(backup);
    const folder = tempFolder();
    expect(await faultOf(() => restoreStore(backup, join(folder, 'again.db'), settings))).toBe(
      kind,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  test('refuses a backup that is sealed with another key', async () => {
    const { backup } = await backedUp();
    const other = { ...settings, seal: OTHER_SEAL };
    const target = join(tempFolder(), 'again.db');
    expect(await faultOf(() => restoreStore(backup, target, other))).toBe('wrong-key');
    expect(existsSync(target)).toBe(false);
  });

  test('leaves the backup as it was', async () => {
    const { backup } = await backedUp();
    const kept = tempFolder();
    cpSync(backup, join(kept, 'backup.db'));
    cpSync(manifestPath(backup), manifestPath(join(kept, 'backup.db')));
    const before = bytesOf(kept);
    await restoreStore(join(kept, 'backup.db'), join(tempFolder(), 'again.db'), settings);
    expect(bytesOf(kept)).toEqual(before);
  });
});

function changeByte(path: string, at: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.from([0xff]), 0, 1, at);
  closeSync(file);
}

function newer(backup: string): void {
  const path = manifestPath(backup);
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...manifest, schema: 99 }));
}
