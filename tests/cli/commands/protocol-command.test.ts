import { describe, expect, test } from 'vitest';
import { clinicStore } from '../clinic-store.ts';
import { json } from '../memory-surroundings.ts';
import { laterProtocol, register } from '../registered.ts';

const APPROVE = ['protocol', 'approve', 'later.json', '--clinician', 'Dr. Ito'];
const ADOPT = ['protocol', 'adopt', 'staged-risk-adapted'];

function world(version: string, laterMonths?: number) {
  return { files: { 'later.json': json(laterProtocol(version, laterMonths)) } };
}

describe('protocol approve', () => {
  test('says what is approved, and list shows it with the episodes that follow it', async () => {
    const store = await clinicStore({ approved: false });
    const none = await store.run(['protocol', 'list']);
    expect(JSON.parse(none.stdout)).toEqual([]);
    const approve = ['protocol', 'approve', 'staged-risk-adapted', '--clinician', 'Dr. Lee'];
    const dry = await store.run([...approve, '--dry-run']);
    expect(dry.stdout).toContain('Would approve for clinic NORTH:');
    expect((await store.run(['protocol', 'list'])).stdout).toBe(none.stdout);
    const done = await store.run([...approve, '--date', '2026-06-01', '--note', 'as discussed']);
    expect(done).toMatchObject({ code: 0 });
    expect(done.stdout).toMatch(
      /protocol {3}staged-risk-adapted \d+\.\d+\.\d+\nhash {7}[0-9a-f]{64}\n/,
    );
    expect(done.stdout).toContain('clinician  Dr. Lee, 2026-06-01');
    await register(store, { id: 'EP-1', ablatedOn: '2026-05-01' });
    const [listed] = JSON.parse((await store.run(['protocol', 'list'])).stdout);
    expect(listed).toMatchObject({
      id: 'staged-risk-adapted',
      readable: true,
      approvals: [{ clinician: 'Dr. Lee', date: '2026-06-01', note: 'as discussed' }],
      episodes: 1,
    });
    const shown = await store.run(['protocol', 'list'], { columns: 100 });
    expect(shown.stdout).toContain('Dr. Lee, 2026-06-01');
  });

  test('refuses the same approval twice, dry or not, and takes that of another clinician', async () => {
    const store = await clinicStore();
    const approve = ['protocol', 'approve', 'staged-risk-adapted', '--clinician'];
    for (const more of [[], ['--dry-run']]) {
      const again = await store.run([...approve, 'Dr. Lee', ...more]);
      expect(again.code).toBe(3);
      expect(again.stderr).toContain('this clinician has approved this version before');
    }
    expect((await store.run([...approve, 'Dr. Ito'])).code).toBe(0);
    const [listed] = JSON.parse((await store.run(['protocol', 'list'])).stdout);
    expect(listed.approvals).toHaveLength(2);
  });

  test('refuses other content under the id and version of a kept one, dry or not', async () => {
    const store = await clinicStore();
    expect((await store.run(APPROVE, world('9.0.0'))).code).toBe(0);
    for (const more of [[], ['--dry-run']]) {
      const other = await store.run([...APPROVE, ...more], world('9.0.0', 2));
      expect(other.code).toBe(3);
      expect(other.stderr).toContain('recorded with another text');
      expect(other.stderr).toContain('give the changed protocol a new version');
    }
  });

  test('takes a version that the clinic keeps by its id alone', async () => {
    const store = await clinicStore();
    const files = { 'own.json': json({ ...laterProtocol('1.0.0'), id: 'own' }) };
    const own = ['protocol', 'approve', 'own.json', '--clinician', 'Dr. Lee'];
    expect((await store.run(own, { files })).code).toBe(0);
    const again = await store.run(['protocol', 'approve', 'own', '--clinician', 'Dr. Ito']);
    expect(again).toMatchObject({ code: 0 });
    const listed = JSON.parse((await store.run(['protocol', 'list'])).stdout);
    expect(listed.map(({ id }: { id: string }) => id)).toEqual(['own', 'staged-risk-adapted']);
    expect(listed[0].approvals).toHaveLength(2);
  });

  test.each([
    [
      ['protocol', 'approve', 'staged-risk', '--clinician', 'X'],
      5,
      'there is no protocol of this id',
    ],
    [
      ['protocol', 'approve', 'ice3', '--clinician', ' '],
      3,
      'clinician: an approval needs the name',
    ],
    [
      ['protocol', 'approve', 'ice3', '--clinician', 'X', '--date', '2026-06-16'],
      3,
      'date: an approval cannot lie ahead',
    ],
    [
      ['protocol', 'approve', 'ice3', '--clinician', 'X', '--date', '2026-02-30'],
      2,
      'not a day of the calendar',
    ],
    [
      ['protocol', 'approve', 'ice3', '--clinician', 'X', '--note', 'a\nb'],
      3,
      'note: this cannot be the note',
    ],
    [['protocol', 'approve', 'bad.json', '--clinician', 'X'], 3, 'bad.json'],
    [['protocol', 'approve', 'list.json', '--clinician', 'X'], 3, 'list.json'],
  ])('refuses %j', async (args, code, says) => {
    const store = await clinicStore();
    const files = { 'bad.json': json({ id: 'x' }), 'list.json': '[]' };
    const run = await store.run(args, { files });
    expect(run.code).toBe(code);
    expect(run.stderr).toContain(says);
    expect(JSON.parse((await store.run(['protocol', 'list'])).stdout)).toHaveLength(1);
  });
});

const NEAR = { id: 'EP-NEAR', ablatedOn: '2026-05-01' };
const LATE = { id: 'EP-LATE', ablatedOn: '2026-03-01' };
const ENDED = {
  id: 'EP-ENDED',
  ablatedOn: '2026-01-10',
  events: [{ id: 'e1', type: 'closure', date: '2026-03-01', reason: 'transferred' }],
};

async function cohort() {
  const store = await clinicStore();
  await register(store, NEAR, LATE, ENDED);
  return store;
}

describe('protocol adopt', () => {
  test('shows on a dry run what moves, by how much and for whom, and writes nothing', async () => {
    const store = await cohort();
    await store.run(APPROVE, world('9.0.0'));
    const head = await store.use(({ store }) => store.auditHead());
    const dry = await store.run([...ADOPT, '--dry-run']);
    expect(dry).toMatchObject({ code: 0, stderr: '' });
    const told = JSON.parse(dry.stdout);
    expect(told).toMatchObject({ clinic: 'NORTH', dryRun: true, already: 0, others: 0 });
    expect(told.totals.episodes).toMatchObject({ adopted: 2, ended: 1, conflict: 0 });
    expect(told.totals.daysMoved.min).toBeGreaterThanOrEqual(28);
    const near = told.episodes[0];
    expect(near).toMatchObject({ episode: 'EP-NEAR', outcome: 'adopted' });
    expect(near.difference.moved[0]).toEqual({
      key: 'a1.baseline',
      from: '2026-08-01',
      to: '2026-09-01',
      days: 31,
    });
    expect(await store.use(({ store }) => store.auditHead())).toEqual(head);
  });

  test('lets the cohort follow it and keeps the new dates; twice is once', async () => {
    const store = await cohort();
    await store.run(APPROVE, world('9.0.0'));
    const first = await store.run(ADOPT, { columns: 100 });
    expect(first.stdout).toContain('adopted      2 episodes');
    expect(first.stdout).toMatch(
      /EP-NEAR .* a1\.baseline 2026-08-01 → 2026-09-01, \d+ moved \(\+31/,
    );
    const head = await store.use(({ store }) => store.auditHead());
    const again = JSON.parse((await store.run(ADOPT)).stdout);
    expect(again.already).toBe(2);
    expect(again.totals.episodes).toMatchObject({ adopted: 0, ended: 1 });
    expect(await store.use(({ store }) => store.auditHead())).toEqual(head);
    const listed = JSON.parse((await store.run(['protocol', 'list'])).stdout);
    expect(listed.map(({ episodes }: { episodes: number }) => episodes)).toEqual([1, 2]);
    await store.use(async ({ store }) => {
      const clinic = (await store.listClinics())[0]?.id ?? 0;
      const cases = await store.pageCases({ clinic, after: 0, limit: 10 });
      expect(cases.map(({ version, planVersion }) => planVersion === version)).toEqual([
        true,
        true,
        true,
      ]);
      expect(cases.map(({ version }) => version)).toEqual([2, 2, 1]);
    });
  });

  test('adopts what a dry run told, and nothing where it would tell something else now', async () => {
    const store = await cohort();
    await store.run(APPROVE, world('9.0.0'));
    const dry = [...ADOPT, '--dry-run'];
    const { digest } = JSON.parse((await store.run(dry)).stdout);
    expect((await store.run(dry, { columns: 100 })).stdout).toContain(`--seen ${digest}`);
    await store.run(['record', 'EP-LATE', 'closure', '--reason', 'withdrew']);
    const old = await store.run([...ADOPT, '--seen', digest]);
    expect(old).toMatchObject({ code: 6, stdout: '' });
    expect(old.stderr).toContain('nothing was adopted');
    const now = JSON.parse((await store.run(dry)).stdout);
    const done = await store.run([...ADOPT, '--seen', now.digest]);
    expect(done.code).toBe(0);
    expect(JSON.parse(done.stdout)).toMatchObject({ totals: { episodes: { adopted: 1 } } });
    const again = await store.run([...ADOPT, '--seen', now.digest]);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ already: 1, episodes: [{}, {}] });
  });

  test('ends with 8 where another was faster, so that the same again finishes it', async () => {
    const store = await cohort();
    await store.run(APPROVE, world('9.0.0'));
    const both = await Promise.all([store.run(ADOPT), store.run(ADOPT)]);
    const told = both.map(({ code, stdout }) => ({ code, ...JSON.parse(stdout).totals.episodes }));
    expect(told.reduce((sum, { adopted }) => sum + adopted, 0)).toBe(2);
    expect(told.reduce((sum, { conflict }) => sum + conflict, 0)).toBeGreaterThan(0);
    for (const { code, conflict } of told) expect(code).toBe(conflict > 0 ? 8 : 0);
    const again = await store.run(ADOPT);
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout).already).toBe(2);
  });

  test('tells first the episode of which an exam no longer counts and a visit is open again', async () => {
    const store = await clinicStore();
    const exams = [
      { id: 'x1', date: '2024-10-14' },
      { id: 'x2', date: '2025-07-07' },
    ].map((exam) => ({ type: 'imaging', modality: 'CEM', biRads: '2', ...exam }));
    await register(store, NEAR, { id: 'EP-AGAIN', ablatedOn: '2024-07-08', events: exams });
    const other = 'staged-from-previous-exam';
    await store.run(['protocol', 'approve', other, '--clinician', 'Dr. Lee']);
    const dry = ['protocol', 'adopt', other, '--from', 'staged-risk-adapted', '--dry-run'];
    const { stdout } = await store.run(dry, { columns: 100 });
    expect(stdout).toContain('exams        no longer count: 1, count now: 0\n');
    expect(stdout).toMatch(/\nvisits {7}1 open again, 0 no longer open, /);
    expect(stdout).toContain('overdue      1 episode at once\n');
    expect(stdout).toMatch(
      /CHANGES\nEP-AGAIN .* OVERDUE at once a1\.interval-1; x2 of 2025-07-07 no longer counts; a1\.interval-1 completed → overdue; /,
    );
    const csv = (await store.run([...dry, '-o', 'csv'])).stdout.split('\r\n');
    expect(csv.find((line) => line.startsWith('EP-AGAIN'))).toMatch(
      /,a1\.interval-1,x2,,a1\.interval-1,$/,
    );
  });

  test('says whom an earlier schedule makes overdue at once, in CSV too', async () => {
    const store = await cohort();
    await store.run(APPROVE, world('9.0.0', -1));
    const csv = await store.run([...ADOPT, '--dry-run', '--output', 'csv']);
    const late = csv.stdout.split('\r\n').find((line) => line.startsWith('EP-LATE')) ?? '';
    expect(late).toContain('a1.baseline');
    const near = csv.stdout.split('\r\n').find((line) => line.startsWith('EP-NEAR')) ?? '';
    expect(near.split(',')[5]).toBe('-31');
    const lines = (await store.run([...ADOPT, '--dry-run', '--output', 'ndjson'])).stdout;
    expect(
      lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).episode),
    ).toEqual(['EP-NEAR', 'EP-LATE', 'EP-ENDED']);
  });

  test('leaves ended episodes alone unless asked, and others unless named', async () => {
    const store = await cohort();
    await store.run(['protocol', 'approve', 'ice3', '--clinician', 'Dr. Lee']);
    const none = JSON.parse((await store.run(['protocol', 'adopt', 'ice3'])).stdout);
    expect(none).toMatchObject({ others: 3, episodes: [] });
    const one = await store.run(['protocol', 'adopt', 'ice3', '--episode', 'EP-LATE']);
    expect(JSON.parse(one.stdout).totals.episodes.adopted).toBe(1);
    const from = ['protocol', 'adopt', 'ice3', '--from', 'staged-risk-adapted', '--ended'];
    const rest = JSON.parse((await store.run(from)).stdout);
    expect(rest).toMatchObject({ already: 1, others: 0 });
    expect(rest.totals.episodes.adopted).toBe(2);
  });

  test.each([
    [['protocol', 'adopt', 'ice3'], 3, 'no clinician has approved this protocol'],
    [[...ADOPT.slice(0, 2), 'staged-risk-adapted@7.0.0'], 3, 'no clinician has approved'],
    [
      [...ADOPT, '--episode', 'EP-NEAR', '--episode', 'EP-9'],
      5,
      'clinic NORTH has no such episode',
    ],
  ])('%j changes nothing', async (args, code, says) => {
    const store = await cohort();
    await store.run(APPROVE, world('9.0.0'));
    const head = await store.use(({ store }) => store.auditHead());
    const run = await store.run(args);
    expect(run.code).toBe(code);
    expect(run.stderr).toContain(says);
    expect(await store.use(({ store }) => store.auditHead())).toEqual(head);
  });
});
