import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { REASONS } from '../../../src/cli/commands/doctor-command.ts';
import { CLOCK_REASONS } from '../../../src/service/keeping/accept-clock.ts';
import { raw } from '../../store/raw.ts';
import { type ClinicStore, clinicStore } from '../clinic-store.ts';
import { cryowatch, NOON, type World } from '../memory-surroundings.ts';
import { register } from '../registered.ts';

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;

async function cohort() {
  const store = await clinicStore();
  await register(store, { id: 'EP-1', ablatedOn: '2026-01-15', patientRef: 'P-CANARY' });
  return store;
}

/** What doctor finds: its exit code, and severity and code of each finding. */
async function doctor(store: ClinicStore, args: readonly string[] = [], world: World = {}) {
  const run = await store.run(['doctor', ...args], world);
  const { findings } = JSON.parse(run.stdout);
  expect(run.stdout).not.toContain('P-CANARY');
  return {
    exit: run.code,
    found: findings.map(({ severity, code }: Record<string, string>) => `${severity} ${code}`),
    findings,
  };
}

const ADVICE = ['advice no-nightly-run', 'advice key-beside-store'];

describe('doctor', () => {
  test('finds nothing wrong with a new store, and gives advice', async () => {
    const store = await cohort();
    expect(await doctor(store)).toMatchObject({ exit: 0, found: ADVICE });
    const shown = await store.run(['doctor'], { columns: 100 });
    expect(shown.stdout).toContain('clinic   NORTH: 1 episodes, last nightly run never');
    expect(shown.stdout).toContain('Nothing is wrong.');
  });

  test('changes no row of the store', async () => {
    const store = await cohort();
    const head = await store.use(({ store }) => store.auditHead());
    await doctor(store);
    expect(await store.use(({ store }) => store.auditHead())).toEqual(head);
  });

  test('finds a key that others may read, and what killed work left', async () => {
    const store = await cohort();
    const key = join(store.folder, 'keys', 'k.key');
    mkdirSync(join(store.folder, 'keys'));
    writeFileSync(key, 'x');
    chmodSync(key, 0o644);
    mkdirSync(join(store.folder, '.clinic.db.partial-abcdef'));
    const { keyText } = store;
    const { exit, found, findings } = await doctor(store, ['--key-file', key], {
      files: { [key]: keyText },
    });
    expect(exit).toBe(1);
    expect(found).toEqual(['finding key-readable', 'finding leftover', 'advice no-nightly-run']);
    expect(JSON.stringify(findings)).toContain(`chmod 600 ${key}`);
    expect(JSON.stringify(findings)).not.toContain(keyText);
  });

  test('finds damage, says where, and ends with 7', async () => {
    const store = await cohort();
    raw(store.database, (db) => db.exec("UPDATE clinic SET name = 'Elsewhere'"));
    const { exit, found } = await doctor(store);
    expect(exit).toBe(7);
    expect(found[0]).toBe('damage content');
  });

  test('finds damage also where the store can no longer be opened', async () => {
    const store = await cohort();
    raw(store.database, (db) => {
      db.exec('DROP TRIGGER audit_is_never_deleted');
      db.exec('DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)');
    });
    const { exit, found } = await doctor(store);
    expect(exit).toBe(7);
    expect(found).toContain('damage audit');
    expect(found).toContain('damage unreadable');
  });

  test('refuses what is no store, a newer one, one that was cut off, and a wrong key', async () => {
    const store = await cohort();
    const foreign = join(store.folder, 'foreign.db');
    raw(foreign, (db) => db.exec('CREATE TABLE t (x)'));
    const cut = join(store.folder, 'cut.db');
    const bytes = readFileSync(store.database);
    writeFileSync(cut, bytes.subarray(0, bytes.length - 4096));
    const newer = join(store.folder, 'newer.db');
    writeFileSync(newer, bytes);
    raw(newer, (db) => db.pragma('user_version = 99'));
    const files = { 'k.key': store.keyText };
    for (const [path, code, says] of [
      [foreign, 7, 'database of another program'],
      [cut, 7, 'was cut off'],
      [newer, 7, '99'],
      [join(store.folder, 'none.db'), 5, 'make a store first'],
    ] as const) {
      const run = await cryowatch(['doctor', '--database', path, '--key-file', 'k.key'], { files });
      expect(run.stderr).toContain(says);
      expect(run.code).toBe(code);
    }
    const wrong = await store.run(['doctor'], {
      files: { [`${store.database}.key`]: '11'.repeat(32) },
    });
    expect(wrong.code).toBe(7);
  });

  test('finds kept dates that are stale, a protocol that it cannot read, and no approved one', async () => {
    const store = await cohort();
    await store.run(['clinic', 'add', 'SOUTH']);
    await store.use(async ({ store, sha256 }) => {
      const clinics = await store.listClinics();
      const clinic = clinics.find(({ code }) => code === 'NORTH')?.id ?? 0;
      const [stored] = await store.pageCases({ clinic, after: 0, limit: 1 });
      if (stored === undefined) throw new Error('no episode');
      const act = { actor: 'x', at: NOON };
      const { id: episode, caseFile } = stored;
      const facts = { ...caseFile.episode, patientRef: 'P-9' };
      await store.reviseEpisode(act, { clinic, episode, expected: 1, facts });
      const document = '{"schemaVersion":99}';
      const hash = sha256(document);
      await store.recordProtocol(act, {
        clinic,
        protocol: { id: 'later', version: '1', hash, document },
      });
    });
    const { exit, found } = await doctor(store);
    expect(exit).toBe(0);
    expect(found).toEqual(
      expect.arrayContaining([
        'advice stale-plans',
        'advice protocol-unreadable',
        'advice no-protocol',
      ]),
    );
  });

  test('finds an erasure whose traces are left in the file, and takes them out', async () => {
    const store = await cohort();
    raw(store.database, (db) =>
      db.exec("INSERT INTO meta (name, value) VALUES ('purge_pending', '')"),
    );
    expect(await doctor(store)).toMatchObject({
      exit: 1,
      found: expect.arrayContaining(['finding purge-unfinished']),
    });
    expect((await store.run(['doctor', '--dry-run'])).code).toBe(2);
    const dry = await store.run(['doctor', '--purge', '--dry-run']);
    expect(dry).toMatchObject({
      code: 0,
      stdout: 'Would take the last traces of erased patients out of the file.\n',
    });
    expect((await doctor(store)).exit).toBe(1);
    const purged = await store.run(['doctor', '--purge']);
    expect(purged).toMatchObject({
      code: 0,
      stdout: 'No trace of an erased patient is left in the file.\n',
    });
    expect((await doctor(store)).exit).toBe(0);
  });

  test('of a folder of backups that is not there says what to do', async () => {
    const store = await cohort();
    const run = await store.run(['doctor', '--backups', join(store.folder, 'none')]);
    expect(run.code).toBe(5);
    expect(run.stderr).toContain('say where the backups are');
    expect(run.stderr).not.toContain('make a store first');
  });

  test('looks at backups where asked: none, a fresh one, an old one, a killed one', async () => {
    const store = await cohort();
    const folder = join(store.folder, 'backups');
    mkdirSync(folder);
    const look = ['--backups', folder];
    expect((await doctor(store, look)).found[0]).toBe('finding no-backup');
    await store.run(['backup', folder]);
    expect(await doctor(store, look)).toMatchObject({ exit: 0 });
    const later = { now: NOON + 27 * HOUR };
    expect((await doctor(store, look, later)).found[0]).toBe('finding backup-old');
    expect((await doctor(store, [...look, '--max-age', '2d'], later)).exit).toBe(0);
    mkdirSync(join(folder, '.cryowatch-20260615T130000Z-schema-2.backup.partial-abcdef'));
    expect((await doctor(store, look)).found[0]).toBe('finding leftover');
  });

  test('takes no backup from a time that never was for a fresh one', async () => {
    const store = await cohort();
    const folder = join(store.folder, 'backups');
    mkdirSync(folder);
    expect((await store.run(['backup', folder], { now: NOON + YEAR })).code).toBe(0);
    const { exit, findings } = await doctor(store, ['--backups', folder]);
    expect(exit).toBe(1);
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'backup-old',
        message: expect.stringContaining('ahead of this one'),
      }),
    );
  });

  test('offers the reasons that the audit log knows', () => {
    expect([...REASONS]).toEqual([...CLOCK_REASONS]);
  });
});

describe('doctor --accept-clock', () => {
  async function misled() {
    const store = await cohort();
    await store.run(['clinic', 'add', 'AHEAD'], { now: NOON + YEAR });
    return store;
  }

  test('is the way out that a refused change leads to', async () => {
    const store = await misled();
    const refused = await store.run(['clinic', 'add', 'SOUTH']);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('see doctor');
    const { exit, findings } = await doctor(store);
    expect(exit).toBe(1);
    expect(findings[0]).toMatchObject({ code: 'clock-behind' });
    expect(findings[0].mend).toContain('doctor --accept-clock clock-was-ahead');
    const accept = ['doctor', '--accept-clock', 'clock-was-ahead'];
    const dry = await store.run([...accept, '--dry-run']);
    expect(dry.stdout).toBe(
      'Would accept 2026-06-15T12:00:00Z as the true time, 365 d before the newest row of the audit log.\n',
    );
    expect((await store.run(['clinic', 'add', 'SOUTH'])).code).toBe(3);
    expect((await store.run(accept)).stdout).toContain('Accepted 2026-06-15T12:00:00Z');
    expect((await store.run(['clinic', 'add', 'SOUTH'])).code).toBe(0);
    expect((await store.run(['audit', 'verify'])).code).toBe(0);
    expect((await doctor(store)).exit).toBe(0);
    expect((await store.run(accept)).stdout).toContain('nothing to accept');
  });

  test('takes no other reason, and no time before the store was made', async () => {
    const store = await misled();
    expect((await store.run(['doctor', '--accept-clock', 'because'])).code).toBe(2);
    const early = await store.run(['doctor', '--accept-clock', 'clock-was-ahead'], {
      now: NOON - YEAR,
    });
    expect(early.code).toBe(3);
    expect(early.stderr).toContain('earlier than the newest row');
  });
});
