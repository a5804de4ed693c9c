import { describe, expect, test } from 'vitest';
import { raw } from '../../store/raw.ts';
import { clinicStore } from '../clinic-store.ts';
import { register } from '../registered.ts';

async function cohort() {
  const store = await clinicStore();
  await register(
    store,
    { id: 'EP-1', ablatedOn: '2026-01-15', patientRef: 'P-CANARY' },
    { id: 'EP-2', ablatedOn: '2026-05-15' },
  );
  return store;
}

describe('audit list', () => {
  test('tells who did what and when, the newest last, never a patient reference', async () => {
    const store = await cohort();
    const rows = JSON.parse((await store.run(['audit', 'list'])).stdout);
    expect(rows[0]).toMatchObject({ seq: 1, action: 'store.created', clinic: null });
    expect(rows.map(({ seq }: { seq: number }) => seq)).toEqual(
      rows.map((_: unknown, place: number) => place + 1),
    );
    const registered = rows.find(
      ({ action }: { action: string }) => action === 'episode.registered',
    );
    expect(registered).toMatchObject({
      actor: 'dr-lee',
      at: '2026-06-15T12:00:00.000Z',
      clinic: 'NORTH',
      episode: 'EP-1',
      version: 1,
    });
    const shown = await store.run(['audit', 'list'], { columns: 120 });
    expect(shown.stdout).toContain('episode.registered  EP-1');
    expect(shown.stdout).not.toContain('P-CANARY');
  });

  test('pages forwards, and gives the newest rows where it is not said from where', async () => {
    const store = await cohort();
    const seqs = async (...args: string[]) =>
      JSON.parse((await store.run(['audit', 'list', ...args])).stdout).map(
        ({ seq }: { seq: number }) => seq,
      );
    const last = (await store.use(({ store }) => store.auditHead())).seq;
    expect(await seqs('--limit', '2')).toEqual([last - 1, last]);
    expect(await seqs('--after', '1', '--limit', '2')).toEqual([2, 3]);
    expect(await seqs('--after', String(last))).toEqual([]);
  });

  test('of one episode tells its own rows and those of batches, also once others are erased', async () => {
    const store = await cohort();
    const actions = async (...args: string[]) =>
      JSON.parse((await store.run(['audit', 'list', ...args])).stdout).map(
        ({ action }: { action: string }) => action,
      );
    expect(await actions('--episode', 'EP-2')).toEqual(['episode.registered', 'plans.saved']);
    expect(await actions('--episode', 'EP-2', '--after', '0', '--limit', '1')).toEqual([
      'episode.registered',
    ]);
    await store.run([
      'erase',
      '--episode',
      'EP-1',
      '--confirm',
      'EP-1',
      '--ground',
      'entered-in-error',
    ]);
    const rows = JSON.parse((await store.run(['audit', 'list', '--clinic', 'north'])).stdout);
    expect(rows.some(({ episode }: { episode: string | null }) => episode?.startsWith('#'))).toBe(
      true,
    );
    const gone = await store.run(['audit', 'list', '--episode', 'EP-1']);
    expect(gone.code).toBe(5);
  });
});

describe('audit verify', () => {
  test('says how many rows there are and where they end, also against a head kept elsewhere', async () => {
    const store = await cohort();
    const { seq, seal } = await store.use(({ store }) => store.auditHead());
    await store.run(['clinic', 'add', 'SOUTH']);
    const run = await store.run(['audit', 'verify', '--head', `${seq}:${seal}`]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: true, rows: seq + 1, breach: null });
    const shown = await store.run(['audit', 'verify'], { columns: 80 });
    expect(shown.stdout).toContain('The log is whole');
  });

  test.each([
    ["UPDATE audit SET actor = 'nobody' WHERE seq = 4", 'changed', 4],
    ['DELETE FROM audit WHERE seq = 3', 'gap', 4],
    ['DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)', 'end', 7],
  ])('finds %s: a breach of the kind %s at row %i', async (sql, kind, seq) => {
    const store = await cohort();
    raw(store.database, (db) => {
      db.exec('DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted');
      db.exec(sql);
    });
    const run = await store.run(['audit', 'verify']);
    expect(run.code).toBe(7);
    expect(JSON.parse(run.stdout)).toMatchObject({ ok: false, breach: { kind, seq } });
    const shown = await store.run(['audit', 'verify'], { columns: 80 });
    expect(shown.stdout).toContain(`BREACH at row ${seq} (${kind})`);
  });

  test('finds an older copy that was put back, by the head kept elsewhere alone', async () => {
    const store = await cohort();
    const { seq, seal } = await store.use(({ store }) => store.auditHead());
    const forged = await store.run(['audit', 'verify', '--head', `${seq + 5}:${seal}`]);
    expect(forged.code).toBe(7);
    expect(JSON.parse(forged.stdout).breach).toEqual({ kind: 'head', seq: seq + 5 });
    expect((await store.run(['audit', 'verify'])).code).toBe(0);
  });

  test('finds a row of the store that is not what the log says', async () => {
    const store = await cohort();
    raw(store.database, (db) => db.exec("UPDATE clinic SET name = 'Elsewhere'"));
    const run = await store.run(['audit', 'verify'], { columns: 80 });
    expect(run.code).toBe(7);
    expect(run.stdout).toContain('DAMAGED (content)');
  });

  test('refuses a head that is none', async () => {
    const store = await cohort();
    const run = await store.run(['audit', 'verify', '--head', '12']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('a row’s number, a colon and its seal');
  });
});
