import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { storeHost } from '../../../src/host/store-host.ts';
import { findClinic } from '../../../src/service/clinic/find-clinic.ts';
import { recordEvents } from '../../../src/service/episode/record-events.ts';
import { backUp } from '../../../src/service/keeping/back-up.ts';
import { type ClinicStore, clinicStore, ok } from '../../cli/clinic-store.ts';
import { NOON } from '../../cli/memory-surroundings.ts';
import { register } from '../../cli/registered.ts';
import { raw } from '../../store/raw.ts';
import { tempFolder } from '../../store/temp-stores.ts';

async function cohort() {
  const store = await clinicStore();
  await register(store, { id: 'EP-1', ablatedOn: '2026-01-15', patientRef: 'P-1' });
  const folder = join(store.folder, 'backups');
  mkdirSync(folder);
  return { store, folder };
}

async function ledger(store: ClinicStore) {
  return store.use(({ store }) => store.lastOperations());
}

describe('the ledger of the store', () => {
  test('tells the last backup and the last drill, by file and by whom', async () => {
    const { store, folder } = await cohort();
    await store.run(['backup', folder]);
    const run = await store.run(['drill', folder]);
    expect(run.code).toBe(0);
    const [name] = readdirSync(folder).sort();
    expect(await ledger(store)).toMatchObject([
      { kind: 'backup', outcome: 'ok', detail: `${name}, 1 episode` },
      { kind: 'drill', outcome: 'ok', detail: `${name}: 1 episode alike` },
    ]);
  });

  test('tells a drill that failed, and why', async () => {
    const { store, folder } = await cohort();
    await store.run(['drill', folder]);
    expect(await ledger(store)).toMatchObject([
      {
        kind: 'drill',
        outcome: 'failed',
        detail: 'the folder holds no finished backup of this store',
      },
    ]);
    await store.run(['drill', join(folder, 'none')]);
    expect(await ledger(store)).toMatchObject([{ outcome: 'failed', detail: 'missing' }]);
    await store.use(async (context) => {
      const clinic = ok(await findClinic(context));
      const event = { type: 'contact', date: '2026-06-01', method: 'call', outcome: 'reached' };
      ok(await recordEvents(context, { clinic, episode: 'EP-1', events: [event] }));
    });
    await store.run(['backup', folder]);
    raw(store.database, (db) => db.exec('UPDATE episode SET version = 1, plan_version = 1'));
    await store.run(['drill', folder]);
    const [, drill] = await ledger(store);
    expect(drill?.outcome).toBe('failed');
    expect(drill?.detail).toContain('0 episodes alike, 1 not');
  });

  test('a backup that failed is told; a place that is taken is no failure', async () => {
    const { store, folder } = await cohort();
    await store.run(['backup', folder]);
    await store.run(['backup', folder]);
    expect(await ledger(store)).toMatchObject([{ kind: 'backup', outcome: 'ok' }]);
    raw(store.database, (db) => db.exec('UPDATE episode SET version = 7'));
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    const run = await store.run(['backup', folder]);
    expect(run.code).toBe(7);
    expect(await ledger(store)).toMatchObject([{ outcome: 'failed', detail: 'damaged' }]);
  });

  test('a backup brings no store of an earlier release to another schema', async () => {
    const folder = tempFolder();
    const database = join(folder, 'clinic.db');
    copyFileSync(
      fileURLToPath(new URL('../../store/sqlite/fixtures/schema-2.db', import.meta.url)),
      database,
    );
    const host = storeHost(() => NOON);
    const { manifest } = await backUp(
      host,
      { database, key: new Uint8Array(32).fill(7), actor: 'tester' },
      { folder },
    );
    expect(manifest.schema).toBe(2);
    expect((await host.files.look(database)).schema).toBe(2);
  });
});
