import { describe, expect, it } from 'vitest';
import { DUE_FORMATS } from '../../../src/cli/commands/due-command.ts';
import { DUE_BUCKETS } from '../../../src/cli/options/due-filter.ts';
import { WORKLIST_FORMAT_NAMES } from '../../../src/export/worklist-registry.ts';
import { BUCKET_NAMES } from '../../../src/plan/worklist-buckets.ts';
import { clinicStore } from '../clinic-store.ts';
import { cryowatch, json, ndjson } from '../memory-surroundings.ts';

function caseOf(id: string, ablated: string, ...events: readonly object[]) {
  return { episode: { id, laterality: 'left', ablation: { date: ablated } }, events };
}

const suspicious = { id: 'x', type: 'imaging', date: '2026-04-20', modality: 'MRI', biRads: '5' };
const cohort = [
  caseOf('EP-1', '2026-01-15'),
  caseOf('EP-2', '2026-01-15', suspicious),
  caseOf('EP-3', '2026-03-10'),
];
const files = { 'cohort.ndjson': ndjson(...cohort) };
const due = ['due', '--input', 'cohort.ndjson', '--as-of', '2026-05-20'];

interface Row {
  readonly episode: string;
  readonly item: string;
  readonly bucket: string;
  readonly clinic: string;
  readonly suggested: { readonly day: string } | null;
}

async function rowsOf(args: readonly string[], world = { files }) {
  const { stdout } = await cryowatch([...due, '--output', 'ndjson', ...args], world);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line): Row => JSON.parse(line));
}

describe('due', () => {
  it('has the formats of the registry', () => {
    expect([...DUE_FORMATS].sort()).toEqual([...WORKLIST_FORMAT_NAMES].sort());
  });

  it.each([
    ['today', '2026-06-15'],
    ['2026-05-20', '2026-05-20'],
  ])('--as-of %s is %s', async (asOf, day) => {
    const args = ['due', '--input', 'cohort.ndjson', '--as-of', asOf, '--output', 'json'];
    expect(JSON.parse((await cryowatch(args, { files })).stdout).asOf).toBe(day);
    const store = await clinicStore();
    for (const command of [['due'], ['episode', 'list']]) {
      const run = await store.run([...command, '--as-of', asOf, '--output', 'json']);
      expect(run).toMatchObject({ code: 0, stderr: '' });
    }
  });

  it('has the buckets of the worklist', () => {
    expect(DUE_BUCKETS).toEqual(BUCKET_NAMES);
  });

  it.each([
    [
      ['--bucket', 'overdue', '--bucket', 'opens-soon'],
      ['overdue EP-1', 'opens-soon EP-3'],
    ],
    [['--bucket', 'overdue', '--tier', 'high'], []],
    [['--modality', 'US', '--bucket', 'overdue'], []],
    [
      ['--to', '2026-05-20'],
      ['escalation-overdue EP-2', 'overdue EP-1'],
    ],
  ])('chooses rows by %j', async (args, expected) => {
    const { stdout } = await cryowatch([...due, '--output', 'json', ...args], { files });
    const { rows } = JSON.parse(stdout) as { readonly rows: readonly Row[] };
    const told = rows.filter(({ bucket }) => bucket !== 'data-to-complete');
    expect(told.map(({ bucket, episode }) => `${bucket} ${episode}`)).toEqual(expected);
  });

  it.each(DUE_FORMATS)('%s: the same bytes twice, nothing on standard error', async (output) => {
    const first = await cryowatch([...due, '--output', output], { files });
    const second = await cryowatch([...due, '--output', output], { files });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('EP-2');
    expect(second.stdout).toBe(first.stdout);
  });

  it('lists the most urgent first, on the day that was asked for', async () => {
    const rows = await rowsOf([]);
    expect(
      rows.slice(0, 3).map(({ bucket, episode, item }) => `${bucket} ${episode} ${item}`),
    ).toEqual([
      'escalation-overdue EP-2 esc.x',
      'overdue EP-1 a1.baseline',
      'opens-soon EP-3 a1.baseline',
    ]);
  });

  it('leaves out only what needs nothing yet, unless all is asked for', async () => {
    const [some, all] = [await rowsOf([]), await rowsOf(['--all'])];
    expect(new Set(some.map(({ bucket }) => bucket))).not.toContain('later');
    expect(all.filter(({ bucket }) => bucket !== 'later')).toEqual(some);
    expect(all.length).toBeGreaterThan(some.length);
  });

  it('plans every case for the same day, whatever day a case names', async () => {
    const own = [{ ...caseOf('EP-1', '2026-01-15'), asOf: '2026-01-20' }];
    const [row] = await rowsOf([], { files: { 'cohort.ndjson': ndjson(...own) } });
    expect(row?.bucket).toBe('overdue');
  });

  it('suggests an open day of the clinic', async () => {
    const closed = {
      clinic: 'North',
      closed: [{ rule: 'FREQ=WEEKLY;BYDAY=WE', name: 'Wednesday' }],
    };
    const world = { files: { ...files, 'closed.json': json(closed) } };
    const rows = await rowsOf(['--closed-days', 'closed.json', '--clinic', 'North'], world);
    const soon = rows.find(({ episode, item }) => episode === 'EP-3' && item === 'a1.baseline');
    // The target, 10 June 2026, is a Wednesday; the window opens on that day.
    expect(soon).toMatchObject({ clinic: 'North', suggested: { day: '2026-06-11' } });
  });

  it('says how many cases are not on the list: exit 8', async () => {
    const bad = `${ndjson(...cohort)}{"episode":\n${JSON.stringify(cohort[0])}\n`;
    const { code, stdout, stderr } = await cryowatch([...due, '--output', 'csv'], {
      files: { 'cohort.ndjson': bad },
    });
    expect(code).toBe(8);
    expect(stdout.match(/EP-1,/g)?.length ?? 0).toBeGreaterThan(0);
    expect(stderr).toContain('cohort.ndjson, line 4');
    expect(stderr).toContain('a second case has the id of an earlier one');
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(
      'cryowatch: 2 cases are NOT on this list; see above',
    );
  });

  it.each([
    ['a file that is not there', ['due', '--input', 'none.ndjson'], 5],
    ['closed days with a fault', [...due, '--closed-days', 'cohort.json'], 5],
    ['days that are no number', [...due, '--soon-days', 'many'], 2],
    ['days beyond a year', [...due, '--soon-days', '367'], 2],
    ['neither a file nor a store', ['due'], 5],
    ['a protocol for a store', ['due', '--protocol', 'ice3'], 2],
    ['closed days for a store', ['due', '--closed-days', 'c.json'], 2],
    ['two clinics for a file', [...due, '--clinic', 'A', '--clinic', 'B'], 2],
    ['a bucket that is none', [...due, '--bucket', 'ovredue'], 2],
    ['a day that is none', [...due, '--from', '2026-02-30'], 2],
    ['an end before its beginning', [...due, '--from', '2026-02-02', '--to', '2026-02-01'], 2],
  ])('%s is refused', async (_, args, code) => {
    expect((await cryowatch(args, { files })).code).toBe(code);
  });

  it('closed days that are wrong are told with their path: exit 3', async () => {
    const world = { files: { ...files, 'closed.json': json({ clinic: 'North', closed: [{}] }) } };
    const { code, stderr } = await cryowatch([...due, '--closed-days', 'closed.json'], world);
    expect(code).toBe(3);
    expect(stderr).toContain('closed.json');
    expect(stderr).toContain('closed[0]');
  });

  it('leaves no file behind when the cases cannot be read', async () => {
    const run = await cryowatch([...due, '--out', 'list.csv', '--output', 'csv'], {
      files: { 'cohort.ndjson': '{}\n' },
    });
    expect(run.code).toBe(3);
    expect([...run.written.keys()]).toEqual([]);
  });
});
