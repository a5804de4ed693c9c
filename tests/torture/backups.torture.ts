import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { mayMount } from '../store/child.ts';
import { raw } from '../store/raw.ts';
import { tempFolder } from '../store/temp-stores.ts';
import { Chance } from './chance.ts';
import { isOneSentence, MAIN, pause, run, start } from './command.ts';
import { tortureStore } from './torture-store.ts';

test('a backup that is killed at a random moment is no backup; the newest whole one restores', async () => {
  const chance = new Chance('killed backups');
  const store = await tortureStore(400);
  const folder = join(store.folder, 'backups');
  const began = Date.now();
  expect((await run(['backup', folder, ...store.place])).code).toBe(0);
  const usual = Date.now() - began;
  for (let round = 0; round < 6; round += 1) {
    const child = start(['backup', folder, ...store.place]);
    await pause(usual * (0.3 + chance.next() * 0.8));
    child.kill();
    await child.ended;
  }
  const drill = await run(['drill', folder, ...store.place]);
  expect([drill.code, drill.stderr]).toEqual([0, '']);
  const manifests = readdirSync(folder).filter((name) => name.endsWith('.json'));
  expect(manifests.length).toBeGreaterThan(0);
  for (const manifest of manifests) {
    const target = join(tempFolder(), 'clinic.db');
    copyFileSync(`${store.database}.key`, `${target}.key`);
    const backup = join(folder, manifest.slice(0, -'.json'.length));
    const restored = await run(['restore', backup, '--database', target]);
    expect([restored.code, restored.stderr]).toEqual([0, '']);
    expect((await run(['audit', 'verify', '--database', target])).code).toBe(0);
  }
});

test.each(['-wal', '-shm', '-journal', ''])(
  'a restore beside a stale clinic.db%s is refused, and both stay as they were',
  async (end) => {
    const store = await tortureStore(5);
    const folder = join(store.folder, 'backups');
    expect((await run(['backup', folder, ...store.place])).code).toBe(0);
    const [manifest = ''] = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const place = tempFolder();
    const target = join(place, 'clinic.db');
    copyFileSync(`${store.database}.key`, `${target}.key`);
    writeFileSync(`${target}${end}`, 'left behind');
    const backup = join(folder, manifest.slice(0, -'.json'.length));
    const refused = await run(['restore', backup, '--database', target]);
    expect(refused.code).not.toBe(0);
    expect(isOneSentence(refused), refused.stderr).toBe(true);
    expect(readdirSync(place).sort()).toEqual([`clinic.db${end}`, 'clinic.db.key'].sort());
  },
);

test('a migration that is killed at a random moment leaves a store that the next command migrates', async () => {
  const chance = new Chance('killed migrations');
  const fixture = fileURLToPath(new URL('../store/sqlite/fixtures/schema-1.db', import.meta.url));
  const began = Date.now();
  await run(['clinic', 'list', '--database', 'nowhere.db']);
  const usual = Date.now() - began;
  for (let round = 0; round < 6; round += 1) {
    const database = join(tempFolder(), 'clinic.db');
    copyFileSync(fixture, database);
    writeFileSync(`${database}.key`, '07'.repeat(32));
    const list = ['clinic', 'list', '--output', 'json', '--database', database];
    const child = start(list);
    await pause(usual * (0.6 + chance.next() * 0.8));
    child.kill();
    await child.ended;
    const next = await run(list);
    expect([next.code, next.stderr]).toEqual([0, '']);
    expect((await run(['audit', 'verify', '--database', database])).code).toBe(0);
    const migrated = raw(database, (db) =>
      db.prepare("SELECT count(*) FROM audit WHERE action = 'store.migrated'").pluck().get(),
    );
    expect(migrated).toBe(1);
  }
});

test('a row of the audit log that was changed at random is found', async () => {
  const chance = new Chance('tampered audit');
  const columns = ['at', 'actor', 'action', 'detail', 'content', 'seal'] as const;
  const store = await tortureStore(30);
  expect((await run(['audit', 'verify', ...store.place])).code).toBe(0);
  const column = columns[chance.below(columns.length)] ?? 'at';
  const changed = raw(store.database, (db) => {
    const guard = db
      .prepare<[], { name: string; sql: string }>(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'",
      )
      .all();
    for (const { name } of guard) db.exec(`DROP TRIGGER ${name}`);
    const rows = Number(db.prepare('SELECT count(*) FROM audit').pluck().get());
    const { changes } = db
      .prepare(`UPDATE audit SET ${column} = ${column === 'at' ? 'at + 1' : "'x'"} WHERE seq = ?`)
      .run(1 + chance.below(rows));
    for (const { sql } of guard) db.exec(sql);
    return changes;
  });
  expect(changed).toBe(1);
  const found = await run(['audit', 'verify', ...store.place]);
  expect([column, found.code]).toEqual([column, 7]);
});

/** Runs a command in a folder of a disk that is read-only. Arguments: folder, then the command. */
const READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"';

test.skipIf(!mayMount())('a folder that may not be written is told in one sentence', async () => {
  const store = await tortureStore(5);
  const what = ['EP-2', 'contact', '--method', 'letter', '--outcome', 'sent'];
  const commands = [
    ['record', ...what, ...store.place],
    ['nightly', '--out', join(store.folder, 'lists'), ...store.place],
    ['backup', store.folder, ...store.place],
  ];
  for (const args of commands) {
    const { status, stdout, stderr } = spawnSync(
      'unshare',
      ['-rm', 'sh', '-c', READ_ONLY, 'sh', store.folder, process.execPath, MAIN, ...args],
      { encoding: 'utf8', timeout: 30_000 },
    );
    expect([args[0], status, stdout], stderr).toEqual([args[0], 1, '']);
    expect(isOneSentence({ code: status, stdout, stderr }), stderr).toBe(true);
  }
  expect(await store.findings()).toEqual([]);
});
