import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { schemaText } from '../../../scripts/docs/schema-dump.ts';
import { loadDriver } from '../../../src/store/sqlite/load-driver.ts';
import { MIGRATIONS_FOLDER, readMigrations } from '../../../src/store/sqlite/migrations.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { restoreStore } from '../../../src/store/sqlite/restore.ts';
import { expectedSchema } from '../../../src/store/sqlite/schema-dump.ts';
import { verifyStore } from '../../../src/store/sqlite/verify-store.ts';
import { startChild, untilLines } from '../child.ts';
import { act, NORTH, SEAL, value } from '../fixtures.ts';
import { faultOf, raw, tablesOf } from '../raw.ts';
import { filledStore, tempFolder } from '../temp-stores.ts';

const settings = { seal: SEAL, act: act() };

/** The version of this release's schema. */
const known = readMigrations().length;

/** The migrations of this release and one more. */
function folderWith(sql: string): string {
  const folder = tempFolder();
  for (const name of readdirSync(MIGRATIONS_FOLDER)) {
    copyFileSync(join(MIGRATIONS_FOLDER, name), join(folder, name));
  }
  const next = String(known + 1).padStart(4, '0');
  writeFileSync(join(folder, `${next}_next.sql`), sql);
  return folder;
}

async function closedStore() {
  const made = await filledStore();
  await made.store.close();
  return made;
}

describe('the schema', () => {
  test('schema.sql is what the migrations make (npm run fix writes it anew)', async () => {
    const file = join(MIGRATIONS_FOLDER, 'schema.sql');
    expect(readFileSync(file, 'utf8')).toBe(await schemaText());
  });

  test('every table is STRICT, and every table of a clinic has its clinic_id', async () => {
    const schema = expectedSchema(await loadDriver(), readMigrations());
    const tables = schema.split(';\n').filter((sql) => sql.includes('CREATE TABLE'));
    expect(tables.length).toBeGreaterThan(9);
    for (const sql of tables) {
      expect(sql).toMatch(/STRICT/);
      expect(sql).toMatch(
        /clinic_id +INTEGER|CREATE TABLE (meta|schema_migration|clinic|account|api_key|operation) /,
      );
    }
  });

  test('dates are days, and no column holds a status', async () => {
    const schema = expectedSchema(await loadDriver(), readMigrations());
    expect(schema).not.toMatch(/^\s+status/m);
    expect(schema).toMatch(/earliest +INTEGER NOT NULL/);
    expect(schema).toMatch(/due_item \(clinic_id, earliest, kind, target, latest\) WHERE open = 1/);
  });

  test('the due query reads its range from the one index', async () => {
    const { path } = await closedStore();
    const plan = raw(path, (db) =>
      db
        .prepare<[], { detail: string }>(
          `EXPLAIN QUERY PLAN SELECT episode_id, seq, kind, target, latest FROM due_item
           WHERE clinic_id = 1 AND open = 1 AND earliest <= 20000`,
        )
        .all(),
    );
    expect(plan.map(({ detail }) => detail).join()).toContain('USING COVERING INDEX due_item_open');
  });

  test.each([
    ['SELECT * FROM account WHERE name = ?', 'sqlite_autoindex_account_1'],
    ['SELECT * FROM account_role WHERE account_id = ? AND clinic_id = ?', 'PRIMARY KEY'],
    ['SELECT * FROM api_key WHERE selector = ?', 'PRIMARY KEY'],
    ['SELECT * FROM api_key WHERE account_id = ?', 'api_key_by_account'],
    ['SELECT * FROM subscription WHERE selector = ?', 'PRIMARY KEY'],
    [
      'SELECT * FROM subscription WHERE clinic_id = ? AND patient_ref = ?',
      'subscription_by_patient',
    ],
    [
      'SELECT * FROM subscription WHERE clinic_id = ? AND account_id = ?',
      'subscription_by_account',
    ],
    [
      'SELECT episode_id FROM episode_clinician WHERE account_id = ? AND clinic_id = ?',
      'episode_clinician_by_account',
    ],
    ['SELECT * FROM saved_view WHERE clinic_id = ? AND account_id = ?', 'PRIMARY KEY'],
  ])('%s is answered from %s', async (sql, index) => {
    const { path } = await closedStore();
    const plan = raw(path, (db) =>
      db
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...Array.from(sql.matchAll(/\?/g), () => 1)),
    );
    const details = plan.map(({ detail }) => detail).join();
    expect(details).toContain('SEARCH');
    expect(details).toContain(index);
  });
});

describe('a migration', () => {
  test('brings an older file, with its data, to what a fresh one has, and backs it up first', async () => {
    const { path, folder } = await closedStore();
    const before = tablesOf(path);
    const migrations = readMigrations(
      folderWith(
        "ALTER TABLE clinic ADD COLUMN city TEXT; CREATE TABLE room (clinic_id INTEGER NOT NULL, name TEXT NOT NULL) STRICT; INSERT INTO room SELECT id, code || ' 1' FROM clinic;",
      ),
    );
    const store = await openStore(path, { ...settings, migrations });
    expect(value(await store.loadCase({ clinic: NORTH.id, episode: 10 })).version).toBe(2);
    const { seq } = await store.auditHead();
    expect(await store.pageAudit({ after: seq - 1, limit: 9 })).toMatchObject([
      {
        action: 'store.migrated',
        actor: 'dr-lee',
        detail: JSON.stringify({ from: known, to: known + 1 }),
      },
    ]);
    await store.close();
    expect((await verifyStore(path, { ...settings, migrations })).findings).toEqual([]);
    expect(raw(path, (db) => db.prepare('SELECT name FROM room ORDER BY 1').all())).toEqual([
      { name: 'NORTH 1' },
      { name: 'SOUTH 1' },
    ]);
    const backup = join(folder, `clinic.db.schema-${known}-${act().at}.backup`);
    expect(readdirSync(folder)).toContain(`clinic.db.schema-${known}-${act().at}.backup.json`);
    expect(tablesOf(backup)).toEqual(before);
    expect(await faultOf(() => openStore(path, settings))).toBe('too-new');
  });

  test('that fails leaves the old schema, the data, and a store that the older release opens', async () => {
    const { path } = await closedStore();
    const before = tablesOf(path);
    const migrations = readMigrations(
      folderWith('CREATE TABLE room (a); INSERT INTO nowhere VALUES (1);'),
    );
    expect(await faultOf(() => openStore(path, { ...settings, migrations }))).toBe('damaged');
    expect(tablesOf(path)).toEqual(before);
    await (await openStore(path, settings)).close();
  });

  test('that is killed leaves the old schema and the data', async () => {
    const { path } = await closedStore();
    const before = tablesOf(path);
    const slow = folderWith(
      `CREATE TABLE room (clinic_id INTEGER NOT NULL, n INTEGER NOT NULL) STRICT;
       INSERT INTO room WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 20000000) SELECT 1, n FROM c;`,
    );
    const child = startChild('migrate', path, slow);
    await untilLines(child, 1);
    // The backup stands when the migration begins.
    const folder = join(path, '..');
    while (!readdirSync(folder).some((name) => name.endsWith('.backup.json'))) {
      await new Promise((settle) => setTimeout(settle, 5));
    }
    await new Promise((settle) => setTimeout(settle, 300));
    child.process.kill('SIGKILL');
    await child.ended;
    expect(child.printed()).not.toContain('finished');
    const store = await openStore(path, settings);
    await store.close();
    expect(tablesOf(path)).toEqual(before);
    expect((await verifyStore(path, settings)).findings).toEqual([]);
  });

  test('is not run twice when two open the older file at once', async () => {
    const { path } = await closedStore();
    const folder = folderWith('CREATE TABLE room (clinic_id INTEGER NOT NULL) STRICT;');
    const children = [startChild('migrate', path, folder), startChild('migrate', path, folder)];
    const codes = await Promise.all(children.map(({ ended }) => ended));
    // Both may make the same backup; the one that comes second is told so, and has written nothing.
    expect(codes.filter((code) => code === 0).length).toBeGreaterThan(0);
    const migrations = readMigrations(folder);
    const store = await openStore(path, { ...settings, migrations });
    const rows = await store.pageAudit({ after: 0, limit: 99 });
    expect(rows.filter(({ action }) => action === 'store.migrated')).toHaveLength(1);
    await store.close();
    expect((await verifyStore(path, { ...settings, migrations })).findings).toEqual([]);
  });

  test('with a number left out is refused', () => {
    const folder = join(tempFolder(), 'gap');
    mkdirSync(folder);
    writeFileSync(join(folder, '0002_later.sql'), '');
    expect(() => readMigrations(folder)).toThrow('there is no migration 1');
  });
});

/** Stores of earlier schemas, made by `children/make-fixture.ts` when each was the newest. */
const FIXTURES = fileURLToPath(new URL('fixtures', import.meta.url));

describe('a store that an earlier release made', () => {
  const earlier = readdirSync(FIXTURES).filter((name) => /^schema-\d+\.db$/.test(name));

  test('is kept for every earlier schema, with rows in every table', () => {
    const names = Array.from({ length: known - 1 }, (_, index) => `schema-${index + 1}.db`);
    expect(earlier.sort()).toEqual(names);
    for (const name of earlier) {
      const path = join(tempFolder(), 'clinic.db');
      copyFileSync(join(FIXTURES, name), path);
      for (const [, rows] of tablesOf(path)) expect(rows.length).toBeGreaterThan(0);
    }
  });

  test.each(earlier)(
    '%s upgrades with all its data to the schema of a fresh store',
    async (name) => {
      const folder = tempFolder();
      const path = join(folder, 'clinic.db');
      copyFileSync(join(FIXTURES, name), path);
      expect((await verifyStore(path, settings)).findings).toEqual([]);
      const before = tablesOf(path);
      const store = await openStore(path, settings);
      const ten = { clinic: NORTH.id, episode: 10 };
      const { version, planVersion, caseFile, protocol } = value(await store.loadCase(ten));
      expect({ version, planVersion, protocol: protocol.version }).toEqual({
        version: 4,
        planVersion: 4,
        protocol: '2.0.0',
      });
      expect(caseFile.events.map(({ id }) => id)).toEqual(['x1', 'x2', 'x3']);
      expect(value(await store.loadAcknowledgements(ten))).toEqual([]);
      await store.close();
      const after = new Map(tablesOf(path));
      const steps = known - Number(/\d+/.exec(name)?.[0]);
      for (const [table, rows] of before) {
        const kept = rows.filter((row) => !row.includes('"audit_head"'));
        expect(after.get(table)).toEqual(expect.arrayContaining(kept));
        const more = table === 'audit' ? 1 : table === 'schema_migration' ? steps : 0;
        expect(after.get(table)).toHaveLength(rows.length + more);
      }
      const fresh = await filledStore();
      await fresh.store.close();
      expect(schemaOf(path)).toEqual(schemaOf(fresh.path));
      expect((await verifyStore(path, settings)).findings).toEqual([]);
    },
  );

  test.each(earlier)(
    '%s is backed up as it was, and the backup restores and opens',
    async (name) => {
      const folder = tempFolder();
      const path = join(folder, 'clinic.db');
      copyFileSync(join(FIXTURES, name), path);
      const before = tablesOf(path);
      await (await openStore(path, settings)).close();
      const version = /\d+/.exec(name)?.[0];
      const backup = join(folder, `clinic.db.schema-${version}-${act().at}.backup`);
      expect(tablesOf(backup)).toEqual(before);
      const restored = join(folder, 'restored.db');
      await restoreStore(backup, restored, settings);
      const store = await openStore(restored, settings);
      expect(value(await store.setClinicCalendar(act(), { clinic: 1, document: '{}' }))).toEqual({
        changed: true,
      });
      await store.close();
      expect((await verifyStore(restored, settings)).findings).toEqual([]);
    },
  );
});

/** Tables, indexes and triggers of a file, and the version that it says it has. */
function schemaOf(path: string): unknown {
  return raw(path, (db) => [
    db.pragma('user_version', { simple: true }),
    db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all(),
    db.prepare('SELECT version, name, sha256 FROM schema_migration ORDER BY version').all(),
  ]);
}
