import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findClinic } from '../../../src/service/clinic/find-clinic.ts';
import { recordEvents } from '../../../src/service/episode/record-events.ts';
import { raw } from '../../store/raw.ts';
import { type ClinicStore, clinicStore, ok } from '../clinic-store.ts';
import { NOON } from '../memory-surroundings.ts';
import { register } from '../registered.ts';

const HOUR = 3_600_000;

async function cohort() {
  const store = await clinicStore();
  await register(
    store,
    { id: 'EP-1', ablatedOn: '2026-01-15', patientRef: 'P-1' },
    { id: 'EP-2', ablatedOn: '2026-05-15' },
  );
  const folder = join(store.folder, 'backups');
  mkdirSync(folder);
  return { store, folder };
}

function backups(folder: string): string[] {
  return readdirSync(folder).sort();
}

async function recordExam(store: ClinicStore, id = 'x1') {
  await store.use(async (context) => {
    const clinic = ok(await findClinic(context));
    const events = [{ type: 'imaging', id, date: '2026-06-01', modality: 'US' }];
    ok(await recordEvents(context, { clinic, episode: 'EP-1', events }));
  });
}

describe('backup', () => {
  test('writes a copy with a manifest, for its owner alone, and tells the head to keep elsewhere', async () => {
    const { store, folder } = await cohort();
    const head = await store.use(({ store }) => store.auditHead());
    const run = await store.run(['backup', folder]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain(`audit head  ${head.seq}:${head.seal}`);
    expect(run.stdout).toContain('episodes    2, with 0 events');
    const [name = '', manifest] = backups(folder);
    expect(name).toMatch(/^cryowatch-20260615T120000Z-schema-\d+\.backup$/);
    expect(manifest).toBe(`${name}.json`);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    const again = await store.run(['backup', folder]);
    expect(again.code).toBe(3);
    expect(again.stderr).toContain('there is a file already');
  });

  test('keeps as many as asked, and never takes away what it did not make', async () => {
    const { store, folder } = await cohort();
    const other = await clinicStore({ now: NOON - HOUR });
    await other.run(['backup', folder]);
    const strangers = ['notes.txt', 'cryowatch-20200101T000000Z-schema-1.backup', 'old.backup'];
    for (const name of strangers) writeFileSync(join(folder, name), 'mine');
    for (const hours of [0, 1, 2])
      await store.run(['backup', folder], { now: NOON + hours * HOUR });
    const before = backups(folder);
    const run = await store.run(['backup', folder, '--keep', '2'], { now: NOON + 3 * HOUR });
    expect(run.stdout.match(/^removed .*$/gm)).toHaveLength(2);
    const after = backups(folder);
    const gone = before.filter((name) => !after.includes(name));
    expect(gone.filter((name) => name.endsWith('.backup'))).toEqual([
      expect.stringContaining('20260615T120000Z'),
      expect.stringContaining('20260615T130000Z'),
    ]);
    expect(gone).toHaveLength(4);
    expect(after).toEqual(expect.arrayContaining(strangers));
  });

  test('--dry-run says what would be written and removed, and does neither', async () => {
    const { store, folder } = await cohort();
    const dry = (hours: number, ...more: readonly string[]) =>
      store.run(['backup', folder, '--dry-run', ...more], { now: NOON + hours * HOUR });
    rmSync(folder, { recursive: true });
    expect(await dry(0, '--keep', '1')).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(folder)).toBe(false);
    mkdirSync(folder);
    for (const hours of [0, 1]) await store.run(['backup', folder], { now: NOON + hours * HOUR });
    const before = backups(folder);
    const run = await dry(2, '--keep', '2');
    expect(run.stdout).toMatch(
      /^backup {6}.*20260615T140000Z-schema-\d+\.backup \(would be written\)\nremoved {5}.*20260615T120000Z.*\(would be\)\nNothing was written/,
    );
    expect((await dry(1)).code).toBe(3);
    expect(backups(folder)).toEqual(before);
  });

  test('takes no backup of a clock that was ahead for the newest: what is recorded last is kept', async () => {
    const { store, folder } = await cohort();
    const at = (hours: number, ...line: readonly string[]) =>
      store.run(line, { now: NOON + hours * HOUR });
    expect((await at(9000, 'nightly', '--out', 'lists')).code).toBe(0);
    expect((await at(9000, 'backup', folder)).code).toBe(0);
    await at(1, 'doctor', '--accept-clock', 'clock-was-ahead');
    const late = await at(72, 'drill', folder, '--max-age', '26h');
    expect(JSON.parse(late.stdout)).toMatchObject({ ok: false, tooOld: true });
    for (const hours of [72, 73]) {
      await at(hours, 'nightly', '--out', 'lists');
      expect((await at(hours, 'backup', folder, '--keep', '2')).code).toBe(0);
    }
    expect(backups(folder).filter((name) => name.endsWith('.backup'))).toEqual([
      expect.stringContaining('20260618T12'),
      expect.stringContaining('20260618T13'),
    ]);
    const drilled = JSON.parse((await at(74, 'drill', folder, '--max-age', '26h')).stdout);
    expect(drilled).toMatchObject({ ok: true, ageMs: HOUR });
  });

  test('removes nothing where the new one could not be made', async () => {
    const { store, folder } = await cohort();
    await store.run(['backup', folder]);
    const before = backups(folder);
    // The copy is checked before it gets its name.
    raw(store.database, (db) => db.exec("UPDATE clinic SET zone = 'Asia/Tokyo'"));
    const run = await store.run(['backup', folder, '--keep', '1'], { now: NOON + HOUR });
    expect(run.code).toBe(7);
    expect(backups(folder)).toEqual(before);
  });

  test.each([
    [['backup', 'FOLDER', '--keep', '0'], 2, 'Whole numbers from 1'],
    [['backup', 'FOLDER', '-d', 'FOLDER/none.db', '--key-file', 'KEY'], 5, 'make a store first'],
    [
      ['backup', 'FOLDER', '-d', 'FOLDER/x.db', '--key-file', 'KEY'],
      7,
      'database of another program',
    ],
    [['drill', 'FOLDER'], 5, 'holds no finished backup of this store'],
    [['drill', 'FOLDER/none'], 5, 'no such file or folder'],
    [['restore', 'FOLDER/none.backup'], 3, 'move the old store away first'],
    [
      ['restore', 'FOLDER/none.backup', '--database', 'FOLDER/new.db', '--key-file', 'KEY'],
      5,
      'no such file',
    ],
  ])('%j is refused', async (args, code, says) => {
    const { store, folder } = await cohort();
    raw(join(folder, 'x.db'), (db) => db.exec('CREATE TABLE t (x)'));
    const words = args.map((word) =>
      word.replace('FOLDER', folder).replace('KEY', `${store.database}.key`),
    );
    const run = await store.run(words);
    expect(run.code).toBe(code);
    expect(run.stderr).toContain(says);
  });
});

describe('restore', () => {
  test('brings a store back whose file is gone, and says what is not in it', async () => {
    const { store, folder } = await cohort();
    await store.run(['backup', folder]);
    await recordExam(store);
    for (const name of readdirSync(store.folder)) {
      if (name.startsWith('clinic.db')) rmSync(join(store.folder, name));
    }
    const [name = ''] = backups(folder);
    const later = { now: NOON + 2 * HOUR };
    const dry = await store.run(['restore', join(folder, name), '--dry-run'], later);
    expect(dry.stdout).toContain('is sound; it would be restored');
    expect(readdirSync(store.folder)).toEqual(['backups']);
    const run = await store.run(['restore', join(folder, name)], later);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('made 2 h ago, at 2026-06-15T12:00:00Z');
    expect(run.stdout).toContain('2 episodes with 0 events');
    const due = await store.run(['due'], later);
    expect(due.code).toBe(0);
    const again = await store.run(['restore', join(folder, name)], later);
    expect(again.code).toBe(3);
  });

  test('of a file that is not there says what to name, and no more that a store is to be made', async () => {
    const { store, folder } = await cohort();
    const place = ['--database', join(folder, 'new.db'), '--key-file', `${store.database}.key`];
    const run = await store.run(['restore', join(folder, 'none.backup'), ...place]);
    expect(run.code).toBe(5);
    expect(run.stderr).toContain('name a backup that cryowatch backup made');
    expect(run.stderr).not.toContain('make a store first');
  });

  test('is refused beside the log of another store, dry or not, and for a damaged or foreign backup', async () => {
    const { store, folder } = await cohort();
    await store.run(['backup', folder]);
    const [name = ''] = backups(folder);
    const backup = join(folder, name);
    const place = ['--database', join(folder, 'new.db'), '--key-file', `${store.database}.key`];
    writeFileSync(join(folder, 'new.db-wal'), 'stale');
    for (const more of [[], ['--dry-run']]) {
      const stale = await store.run(['restore', backup, ...place, ...more]);
      expect(stale.code).toBe(3);
      expect(stale.stderr).toContain('it is the rest of another store');
    }
    rmSync(join(folder, 'new.db-wal'));
    const manifest = readFileSync(`${backup}.json`, 'utf8');
    writeFileSync(`${backup}.json`, manifest.replace(/"schema": \d+/, '"schema": 99'));
    const newer = await store.run(['restore', backup, ...place]);
    expect(newer.code).toBe(7);
    expect(newer.stderr).toContain('99');
    writeFileSync(`${backup}.json`, '{}');
    const noManifest = await store.run(['restore', backup, ...place]);
    expect(noManifest.code).toBe(7);
    expect(noManifest.stderr).toContain('the manifest is not readable');
    writeFileSync(`${backup}.json`, manifest);
    const wrongKey = await store.run(['restore', backup, ...place], {
      files: { [`${store.database}.key`]: '11'.repeat(32) },
    });
    expect(wrongKey.code).toBe(7);
    const bytes = readFileSync(backup);
    bytes[bytes.length - 9] = (bytes[bytes.length - 9] ?? 0) ^ 1;
    writeFileSync(backup, bytes);
    const damaged = await store.run(['restore', backup, ...place]);
    expect(damaged.code).toBe(7);
    expect(damaged.stderr).toContain('not what its manifest says');
    expect(backups(folder)).toEqual([name, `${name}.json`]);
  });
});

describe('drill', () => {
  test('restores the newest backup and finds the same rows for every episode that stayed the same', async () => {
    const { store, folder } = await cohort();
    await store.run(['backup', folder]);
    await recordExam(store);
    const run = await store.run(['drill', folder], { now: NOON + 26 * HOUR });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const told = JSON.parse(run.stdout);
    expect(told).toMatchObject({ ok: true, tooOld: false, ageMs: 26 * HOUR, findings: [] });
    expect(told.clinics).toEqual([
      {
        clinic: 'NORTH',
        same: 1,
        rows: expect.any(Number),
        changed: 1,
        erased: 0,
        differ: [],
        lost: [],
        unplanned: 0,
      },
    ]);
    expect(told.clinics[0].rows).toBeGreaterThan(0);
    expect(backups(folder)).toHaveLength(2);
    const old = await store.run(['drill', folder, '--max-age', '25h'], {
      now: NOON + 26 * HOUR,
      columns: 80,
    });
    expect(old.code).toBe(1);
    expect(old.stdout).toContain('26 h ago: TOO OLD');
    expect(old.stdout).toContain('The drill FAILED.');
  });

  test('of a folder that is not there says what to do', async () => {
    const { store, folder } = await cohort();
    const run = await store.run(['drill', join(folder, 'none')]);
    expect(run.code).toBe(5);
    expect(run.stderr).toContain('make one first: cryowatch backup');
  });

  test('counts what was erased since, and passes over what is of another store or unfinished', async () => {
    const { store, folder } = await cohort();
    await store.run(['backup', folder]);
    await store.run([
      'erase',
      '--patient',
      'P-1',
      '--confirm',
      'P-1',
      '--ground',
      'patient-request',
    ]);
    const other = await clinicStore();
    await other.run(['backup', folder], { now: NOON + HOUR });
    copyFileSync(store.database, join(folder, 'cryowatch-20260615T150000Z-schema-2.backup'));
    const told = JSON.parse((await store.run(['drill', folder])).stdout);
    expect(told).toMatchObject({ ok: true, others: 2 });
    expect(told.clinics[0]).toMatchObject({ same: 1, erased: 1 });
  });

  test('fails where the store lost what the backup has', async () => {
    const { store, folder } = await cohort();
    await recordExam(store);
    await store.run(['backup', folder]);
    raw(store.database, (db) =>
      db.exec("UPDATE episode SET version = 1, plan_version = 1 WHERE external_id = 'EP-1'"),
    );
    const run = await store.run(['drill', folder]);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: false, clinics: [{ lost: ['EP-1'] }] });
  });

  test('fails where the same version of an episode tells other rows', async () => {
    const { store, folder } = await cohort();
    await store.run(['backup', folder]);
    raw(store.database, (db) => {
      db.exec('DROP TRIGGER episode_facts_are_never_changed');
      db.exec("UPDATE episode_facts SET facts = replace(facts, '20468', '20400')");
    });
    const run = await store.run(['drill', folder], { columns: 80 });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('DIFFER   NORTH: EP-1');
  });

  test('fails with 7 where the newest backup is damaged', async () => {
    const { store, folder } = await cohort();
    await store.run(['backup', folder]);
    const [name = ''] = backups(folder);
    const bytes = readFileSync(join(folder, name));
    writeFileSync(join(folder, name), bytes.subarray(0, bytes.length - 4096));
    const run = await store.run(['drill', folder]);
    expect(run.code).toBe(7);
    expect(run.stdout).toBe('');
  });
});
