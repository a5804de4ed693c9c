import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findClinic } from '../../../src/service/clinic/find-clinic.ts';
import { day } from '../../store/fixtures.ts';
import { type ClinicStore, clinicStore, ok } from '../clinic-store.ts';
import { json, NOON, storeBetween } from '../memory-surroundings.ts';

const SAMPLE = readFileSync(
  new URL('../../../examples/clinic/episodes.ndjson', import.meta.url),
  'utf8',
);
const ADD = ['episode', 'add', '--id', 'EP-1', '--ablated', '2026-01-15', '--laterality', 'left'];

async function withEpisode(): Promise<ClinicStore> {
  const store = await clinicStore();
  expect((await store.run(ADD)).code).toBe(0);
  return store;
}

/** The sample clinic, as it was on its day. */
async function sampleClinic(): Promise<ClinicStore> {
  const store = await clinicStore();
  const files = { 'episodes.ndjson': SAMPLE };
  expect((await store.run(['episode', 'import', 'episodes.ndjson'], { files })).code).toBe(0);
  return store;
}

/** Keys of the saved dates of the clinic. */
function savedItems(store: ClinicStore): Promise<readonly string[]> {
  return store.use(async (context) => {
    const { id: clinic } = ok(await findClinic(context));
    const rows = await context.store.findDue({ clinic, to: day('2040-12-31'), limit: 5000 });
    return rows.map(({ key }) => key);
  });
}

async function list(store: ClinicStore, ...args: readonly string[]) {
  const run = await store.run(['episode', 'list', '--output', 'json', ...args]);
  return JSON.parse(run.stdout) as Readonly<Record<string, unknown>>[];
}

describe('episode add', () => {
  test('registers from flags and answers with tier, next visit and what is assumed', async () => {
    const store = await clinicStore();
    const { stdout } = await store.run([...ADD, '--grade', '3', '--output', 'text']);
    const [first, second, third] = stdout.split('\n');
    expect(first).toBe(
      'Registered EP-1 under staged-risk-adapted 1.0.0: tier high, phase awaiting-baseline.',
    );
    expect(second).toMatch(
      /^Next visit: baseline exam \(a1\.baseline\), 2026-04-15 \(2026-04-15 to 2026-05-15\)/,
    );
    expect(third).toMatch(/^Note: Category 2 is assumed/);
    expect(await savedItems(store)).toContain('a1.baseline');
  });

  test('what may be there already is registered once somebody says that it is another one', async () => {
    const store = await clinicStore();
    const add = [...ADD, '--patient-ref', 'P-7'];
    await store.run(add);
    const again = add.map((word) => (word === 'EP-1' ? 'EP-2' : word));
    const asked = await store.run(again);
    expect(asked.code).toBe(3);
    expect(asked.stderr).toContain(
      '--ablated: this patient has an episode of the left breast with this day of ablation (found "EP-1"; if it is another one, accept it: --accept)',
    );
    expect(await list(store)).toHaveLength(1);
    expect((await store.run([...again, '--accept'])).code).toBe(0);
    expect(await list(store)).toHaveLength(2);
  });

  test('registers a case file with what has happened', async () => {
    const store = await clinicStore();
    const exam = { type: 'imaging', id: 'x1', date: '2026-04-20', modality: 'MRI', biRads: '1' };
    const episode = { id: 'EP-3', laterality: 'right', ablation: { date: '2026-01-15' } };
    const files = { 'case.json': json({ episode, events: [exam] }) };
    const run = await store.run(['episode', 'add', '--input', 'case.json'], { files });
    expect(JSON.parse(run.stdout)).toMatchObject({
      episode: 'EP-3',
      written: true,
      plan: { category: '1', phase: 'interval' },
    });
  });

  test('an escalation that the end of a history leaves unanswered is told, here and in an import', async () => {
    const store = await clinicStore();
    const exam = { type: 'imaging', id: 'x1', date: '2026-04-20', modality: 'MRI', biRads: '5' };
    const end = { type: 'closure', id: 'c1', date: '2026-05-20', reason: 'withdrew', note: 'n' };
    const caseOf = (id: string) => ({
      episode: { id, laterality: 'right', ablation: { date: '2026-01-15' } },
      events: [exam, end],
    });
    const files = { 'a.json': json(caseOf('EP-3')), 'b.ndjson': JSON.stringify(caseOf('EP-4')) };
    const added = await store.run(['episode', 'add', '-i', 'a.json', '-o', 'text'], { files });
    expect(added.stdout).toContain('Left unanswered by c1: esc.x1 (biopsy)');
    const imported = await store.run(['episode', 'import', 'b.ndjson', '-o', 'json'], { files });
    expect(imported.code).toBe(0);
    expect(imported.stderr).toContain(
      'b.ndjson, line 1: the end of EP-4 leaves an open escalation unanswered: esc.x1 (biopsy)',
    );
    expect(JSON.parse(imported.stdout).leftUnanswered).toEqual([
      { line: 1, episode: 'EP-4', escalation: 'esc.x1', action: 'biopsy' },
    ]);
  });

  test('--dry-run shows the plan and writes nothing', async () => {
    const store = await clinicStore();
    const run = await store.run([...ADD, '--dry-run', '--output', 'text']);
    expect(run.stdout).toMatch(/^Would register EP-1 /);
    expect(await list(store)).toEqual([]);
  });

  test.each([
    [['--id', 'E', '--laterality', 'left'], 3, '--ablated: this field is missing'],
    [
      ['--ablated', '2026-01-15', '--laterality', 'left'],
      3,
      '--id: an episode that is kept needs its id',
    ],
    [
      ['--id', 'E', '--ablated', '2026-01-15'],
      3,
      '--laterality: an episode that is kept needs its side',
    ],
    [
      ['--id', 'E', '--ablated', '2026-06-16', '--laterality', 'left'],
      3,
      '--ablated: the ablation lies in the future',
    ],
    [ADD.slice(2), 3, '--id: the clinic has an episode with this id'],
    [
      [...ADD.slice(4), '--id', 'E', '--protocol', 'lanes'],
      3,
      'no clinician has approved this protocol',
    ],
    [[], 2, 'there is nothing to register'],
    [['--input', 'x.json', '--id', 'E'], 2, 'not from both'],
    [['--input', 'x.json'], 5, 'no such file'],
  ])('refuses %j', async (args, code, says) => {
    const store = await withEpisode();
    const run = await store.run(['episode', 'add', ...args]);
    expect(run.stderr).toContain(says);
    expect(run).toMatchObject({ code, stdout: '' });
    expect(await list(store)).toHaveLength(1);
  });

  test('needs an approved protocol', async () => {
    const store = await clinicStore({ approved: false });
    const run = await store.run(ADD);
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('protocol approve');
  });
});

describe('episode show', () => {
  test('tells facts, events with who recorded them and when, and the plan', async () => {
    const store = await withEpisode();
    const line = ['imaging', '--modality', 'MRI', '--birads', '2', '--date', '2026-04-20'];
    const later = { now: NOON + 60_000 };
    await store.run(['record', 'EP-1', ...line, '--actor', 'dr-kim'], later);
    const shown = JSON.parse((await store.run(['episode', 'show', 'EP-1'], later)).stdout);
    expect(shown).toMatchObject({
      id: 'EP-1',
      version: 2,
      protocol: { id: 'staged-risk-adapted', version: '1.0.0' },
      facts: { ablation: { date: '2026-01-15' } },
      events: [
        {
          event: { id: 'e0001', type: 'imaging', date: '2026-04-20' },
          recordedBy: 'dr-kim',
          recordedAt: '2026-06-15T12:01:00.000Z',
          version: 2,
        },
      ],
      plan: { asOf: '2026-06-15' },
    });
    const { stdout } = await store.run(['episode', 'show', 'EP-1'], { ...later, columns: 120 });
    expect(stdout).toContain('Episode EP-1, version 2, protocol staged-risk-adapted 1.0.0');
    expect(stdout).toContain('  ablation.date: 2026-01-15\n');
    expect(stdout).toMatch(/2026-04-20 +imaging +e0001 +modality: MRI, biRads: 2 +dr-kim/);
    expect(stdout).toContain('VISITS');
  });

  test('--as-of plans for another day', async () => {
    const store = await withEpisode();
    const run = await store.run(['episode', 'show', 'EP-1', '--as-of', '2026-02-01']);
    expect(JSON.parse(run.stdout).plan.visits[0]).toMatchObject({ status: 'not-yet-due' });
  });

  test('an unknown episode and an impossible day', async () => {
    const store = await withEpisode();
    expect((await store.run(['episode', 'show', 'EP-7'])).code).toBe(5);
    expect((await store.run(['episode', 'show', 'EP-1', '--as-of', 'soon'])).code).toBe(2);
  });
});

describe('episode list', () => {
  test('has one row an episode with its phase, tier and next visit', async () => {
    const rows = await list(await sampleClinic());
    expect(rows).toHaveLength(40);
    expect(rows.find(({ id }) => id === 'EP-2027')).toMatchObject({
      patientRef: 'S-40151',
      laterality: 'right',
      ablatedOn: '2025-06-10',
      version: 1,
      phase: 'escalated',
      openEscalations: 1,
      nextVisit: 'a1.interval-1',
    });
    expect(rows.find(({ id }) => id === 'EP-2007')).toMatchObject({
      phase: 'ended',
      nextVisit: null,
    });
  });

  test('filters by patient and by protocol', async () => {
    const store = await sampleClinic();
    const both = await list(store, '--patient', 'S-40132');
    expect(both.map(({ id }) => id)).toEqual(['EP-2016', 'EP-2020']);
    expect(await list(store, '--protocol', 'staged-risk-adapted@1.0.0')).toHaveLength(40);
    expect(await list(store, '--protocol', 'staged-risk-adapted@2.0.0')).toEqual([]);
  });

  test('comes in every format, a terminal gets columns', async () => {
    const store = await withEpisode();
    const table = (await store.run(['episode', 'list'], { columns: 100 })).stdout;
    expect(table).toMatch(/^EPISODE +PATIENT +ABLATED +SIDE .*\nEP-1 /);
    const csv = (await store.run(['episode', 'list', '-o', 'csv'])).stdout.split('\r\n');
    expect(csv[0]).toMatch(/^id,patientRef,laterality,ablatedOn,version,/);
    expect(csv[1]).toMatch(
      /^EP-1,,left,2026-01-15,1,staged-risk-adapted,1\.0\.0,awaiting-baseline/,
    );
    const lines = (await store.run(['episode', 'list', '-o', 'ndjson'])).stdout;
    expect(JSON.parse(lines)).toMatchObject({ id: 'EP-1' });
    const file = await store.run(['episode', 'list', '--out', 'list.json']);
    expect(JSON.parse(file.written.get('list.json') ?? '')).toHaveLength(1);
  });

  test('an empty clinic has an empty list', async () => {
    expect(await list(await clinicStore())).toEqual([]);
  });
});

describe('an episode whose protocol this release cannot read', () => {
  /** As a later release may have left it. */
  async function withUnreadable(): Promise<ClinicStore> {
    const store = await withEpisode();
    await store.use(async (context) => {
      const { id: clinic } = ok(await findClinic(context));
      const document = '{"of":"the future"}';
      const protocol = { id: 'later', version: '9.0.0', hash: context.sha256(document) };
      const act = { actor: 'dr-lee', at: NOON };
      const approval = { ...protocol, clinician: 'Dr. Lee', date: day('2026-06-15') };
      const [facts] = (await context.store.pageCases({ clinic, after: 0, limit: 1 })).map(
        ({ caseFile }) => ({ ...caseFile.episode, id: 'EP-9' }),
      );
      if (facts === undefined) throw new Error('no episode');
      await context.store.recordProtocol(act, { clinic, protocol: { ...protocol, document } });
      await context.store.approveProtocol(act, { clinic, approval });
      await context.store.registerEpisodes(act, { clinic, episodes: [{ id: 1, facts, protocol }] });
    });
    return store;
  }

  test('is listed without a plan, and told', async () => {
    const store = await withUnreadable();
    const run = await store.run(['episode', 'list', '--output', 'json']);
    expect(run.code).toBe(8);
    expect(run.stderr).toContain(
      'NORTH EP-9: protocol: this release cannot read the kept protocol',
    );
    const rows = JSON.parse(run.stdout);
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual(
      expect.objectContaining({ id: 'EP-9', phase: null, nextVisit: null }),
    );
    const table = await store.run(['episode', 'list', '--output', 'table']);
    expect(table.stdout).toMatch(/EP-9 .* not planned/);
  });

  test('is shown with its facts; a plan of it is refused', async () => {
    const store = await withUnreadable();
    const run = await store.run(['episode', 'show', 'EP-9', '--output', 'text']);
    expect(run.code).toBe(8);
    expect(run.stdout).toContain('  ablation.date: 2026-01-15\n');
    expect(run.stderr).toContain('EP-9: protocol: this release cannot read');
    const plan = await store.run(['episode', 'plan', 'EP-9']);
    expect(plan).toMatchObject({ code: 3, stdout: '' });
  });
});

describe('episode update', () => {
  test('shows the difference that the facts make', async () => {
    const store = await withEpisode();
    const run = await store.run([
      'episode',
      'update',
      'EP-1',
      '--tumor-size-mm',
      '22',
      '-o',
      'text',
    ]);
    expect(run.stdout).toMatch(/^Recorded other facts of EP-1; version 2\.\n/);
    expect(run.stdout).toContain('tier      standard → high');
    const again = await store.run([
      'episode',
      'update',
      'EP-1',
      '--tumor-size-mm',
      '22',
      '-o',
      'text',
    ]);
    expect(again.stdout).toBe('The facts of EP-1 are recorded like this already; version 2.\n');
  });

  test('--dry-run writes nothing; --expect tells a change meanwhile', async () => {
    const store = await withEpisode();
    const line = ['episode', 'update', 'EP-1', '--grade', '3'];
    const dry = JSON.parse((await store.run([...line, '--dry-run'])).stdout);
    expect(dry).toMatchObject({ changed: true, written: false, version: 1 });
    expect((await store.run([...line, '--expect', '1'])).code).toBe(0);
    expect(
      (await store.run(['episode', 'update', 'EP-1', '--grade', '2', '--expect', '1'])).code,
    ).toBe(6);
  });

  test.each([
    [
      'the episode alone',
      { id: 'EP-1', laterality: 'left', ablation: { date: '2026-01-15' }, tumor: { grade: 9 } },
      'new.json, line 8: tumor.grade',
    ],
    [
      'a case file',
      {
        episode: {
          id: 'EP-1',
          laterality: 'left',
          ablation: { date: '2026-01-15' },
          tumor: { grade: 9 },
        },
        events: [],
      },
      'new.json, line 9: episode.tumor.grade',
    ],
  ])('a file with %s is told by its lines', async (_, document, says) => {
    const store = await withEpisode();
    const files = { 'new.json': json(document) };
    const run = await store.run(['episode', 'update', 'EP-1', '--input', 'new.json'], { files });
    expect(run.code).toBe(3);
    expect(run.stderr).toContain(says);
  });

  test.each([
    [['--grade', '9'], 3, '--grade: the value is not allowed'],
    [['--ablated', '2027-01-01'], 3, '--ablated: the ablation lies in the future'],
    [[], 2, 'there is nothing to record'],
  ])('refuses %j', async (args, code, says) => {
    const store = await withEpisode();
    const run = await store.run(['episode', 'update', 'EP-1', ...args]);
    expect(run.stderr).toContain(says);
    expect(run.code).toBe(code);
  });
});

describe('episode plan and explain', () => {
  test.each([
    ['json', /"phase": "awaiting-baseline"/],
    ['ndjson', /^\{.*\}\n$/],
    ['csv', /a1\.baseline/],
    ['html', /^<!doctype html>/i],
    ['table', /VISITS/],
  ])('the plan as %s', async (format, looks) => {
    const store = await withEpisode();
    const run = await store.run(['episode', 'plan', 'EP-1', '--output', format]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(looks);
  });

  test('a calendar is not written here', async () => {
    const store = await withEpisode();
    const run = await store.run(['episode', 'plan', 'EP-1', '--output', 'ics']);
    expect(run.code).toBe(2);
  });

  test('explain says why, as of a day, and tells unknown keys', async () => {
    const store = await withEpisode();
    const line = ['episode', 'explain', 'EP-1', 'a1.baseline', '--as-of', '2026-02-01'];
    const run = await store.run([...line, '--output', 'text']);
    expect(run.stdout).toContain('3 months from the ablation on 2026-01-15 = 2026-04-15');
    expect((await store.run(['episode', 'explain', 'EP-1', 'a9.baseline'])).code).toBe(5);
  });
});

describe('episode import', () => {
  const CSV =
    'id;ablatedOn;laterality;tumorSizeMm\nC-1;2026-01-15;left;12,5\nC-2;2026-02-01;right;\n';
  const importing = (file: string, ...more: readonly string[]) => [
    'episode',
    'import',
    file,
    ...more,
  ];

  test('reads CSV by its name or its content, and saves the plans', async () => {
    for (const file of ['cohort.csv', 'cohort.txt', '-']) {
      const store = await clinicStore();
      const run = await store.run(importing(file, '-o', 'text'), { files: { [file]: CSV } });
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(run.stdout).toBe('Imported 2 rows: 2 new, 0 updated, 0 unchanged, 0 faulty.\n');
      expect((await savedItems(store)).filter((key) => key === 'a1.baseline')).toHaveLength(2);
    }
  });

  test('reads case files by name or content', async () => {
    for (const file of ['sample.ndjson', 'sample', '-']) {
      const store = await clinicStore();
      const run = await store.run(importing(file), { files: { [file]: SAMPLE } });
      expect(JSON.parse(run.stdout)).toMatchObject({ rows: 40, registered: 40, written: true });
    }
  });

  test('the same file again changes nothing; --dry-run neither', async () => {
    const store = await clinicStore();
    const files = { 'c.csv': CSV };
    const dry = await store.run(importing('c.csv', '--dry-run', '-o', 'text'), { files });
    expect(dry.stdout).toMatch(/^Would import 2 rows: 2 new/);
    expect(await list(store)).toEqual([]);
    await store.run(importing('c.csv'), { files });
    const again = JSON.parse((await store.run(importing('c.csv'), { files })).stdout);
    expect(again).not.toHaveProperty('episodes');
    expect(again).toMatchObject({ unchanged: 2, registered: 0, written: false });
  });

  test('a faulty row is told by its line and keeps all others out, unless --partial', async () => {
    const files = { 'c.csv': `${CSV}C-3;2026-02-30;left;\nC-4;2026-02-03;lefft;\n` };
    const store = await clinicStore();
    const run = await store.run(importing('c.csv'), { files });
    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(run.stderr).toContain('c.csv, line 4: ablatedOn: this day does not exist');
    expect(run.stderr).toContain('c.csv, line 5: laterality: the value is not allowed');
    expect(run.stderr).toContain('rows are faulty; nothing was written (found 2 of 4 rows');
    expect(await list(store)).toEqual([]);
    const partial = await store.run(importing('c.csv', '--partial'), { files });
    expect(partial.code).toBe(8);
    expect(JSON.parse(partial.stdout)).toMatchObject({ registered: 2, faulty: 2 });
    expect(await list(store)).toHaveLength(2);
  });

  test('an episode that somebody changes meanwhile is told by its row; the rest is kept: exit 8', async () => {
    const store = await clinicStore();
    await store.run(importing('c.csv'), { files: { 'c.csv': CSV } });
    const files = { 'c.csv': `${CSV.replace('12,5', '22')}C-3;2026-02-03;left;\n` };
    const run = await store.run(importing('c.csv', '--update'), {
      files,
      storeHost: storeBetween(() => ({
        reviseEpisode: async () => ({ outcome: 'conflict', version: 2 }),
      })),
    });
    expect(run.code).toBe(8);
    expect(run.stderr).toContain('c.csv, line 2: the episode was changed meanwhile');
    expect(run.stderr).toContain('run the import again');
    expect(JSON.parse(run.stdout)).toMatchObject({
      written: true,
      registered: 1,
      updated: 0,
      faulty: 1,
    });
    expect((await savedItems(store)).filter((key) => key === 'a1.baseline')).toHaveLength(3);
  });

  test('--update takes over other facts and keeps the dates that follow', async () => {
    const store = await clinicStore();
    await store.run(importing('c.csv'), { files: { 'c.csv': CSV } });
    const files = { 'c.csv': CSV.replace('12,5', '22') };
    expect((await store.run(importing('c.csv'), { files })).code).toBe(3);
    const run = await store.run(importing('c.csv', '--update'), { files });
    expect(JSON.parse(run.stdout)).toMatchObject({ updated: 1, unchanged: 1 });
    const [first] = await list(store);
    expect(first).toMatchObject({ id: 'C-1', version: 2, tier: 'high' });
  });

  test('many faulty rows are told twenty at a time, with how many more there are', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => `C-${index};2026-01-15;up;\n`).join('');
    const files = { 'c.csv': `id;ablatedOn;laterality;tumorSizeMm\n${rows}` };
    const run = await (await clinicStore()).run(importing('c.csv'), { files });
    expect(run.stderr.match(/c\.csv, line/g)).toHaveLength(20);
    expect(run.stderr).toContain('… and 10 more problems in c.csv');
  });

  test('a missing file, an empty one, and a protocol that nobody approved', async () => {
    const store = await clinicStore();
    expect((await store.run(importing('none.csv'))).code).toBe(5);
    expect((await store.run(importing('e.ndjson'), { files: { 'e.ndjson': '' } })).code).toBe(3);
    const other = importing('c.csv', '--protocol', 'staged-risk-adapted@9.0.0');
    expect((await store.run(other, { files: { 'c.csv': CSV } })).code).toBe(3);
  });

  test('shows how far it is on a terminal, and leaves nothing of it there', async () => {
    const store = await clinicStore();
    const world = { files: { 's.ndjson': SAMPLE }, columns: 80, piped: true, tick: 100 };
    const { stderr } = await store.run(importing('s.ndjson'), world);
    expect(stderr).toMatch(/\d+ cases, \d+ %/);
    expect(stderr.endsWith('\r\u001B[K')).toBe(true);
  });
});

describe('episode export', () => {
  test('what is exported and imported elsewhere is exported the same', async () => {
    const store = await sampleClinic();
    const { stdout } = await store.run(['episode', 'export']);
    const other = await clinicStore();
    await other.run(['episode', 'import', 'x.ndjson'], { files: { 'x.ndjson': stdout } });
    expect((await other.run(['episode', 'export'])).stdout).toBe(stdout);
  });

  test('CSV by the name of the file; one episode alone', async () => {
    const store = await sampleClinic();
    const run = await store.run(['episode', 'export', '--out', 'facts.csv']);
    expect(run.written.get('facts.csv')?.split('\r\n')).toHaveLength(42);
    const one = await store.run(['episode', 'export', '--episode', 'EP-2005']);
    expect(JSON.parse(one.stdout).episode.id).toBe('EP-2005');
    expect((await store.run(['episode', 'export', '--episode', 'EP-1'])).code).toBe(5);
  });
});
