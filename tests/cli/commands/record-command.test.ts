import { describe, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../../src/cli/options/event-flags.ts';
import type { EventType } from '../../../src/domain/event.ts';
import { type ClinicStore, clinicStore } from '../clinic-store.ts';
import { json, NOON, ndjson } from '../memory-surroundings.ts';

const DAY = 24 * 60 * 60_000;

/** A store with EP-1, ablated on 15 January 2026; it is 15 June. */
async function withEpisode(): Promise<ClinicStore> {
  const store = await clinicStore();
  const facts = ['--id', 'EP-1', '--ablated', '2026-01-15', '--laterality', 'left'];
  expect((await store.run(['episode', 'add', ...facts])).code).toBe(0);
  return store;
}

async function version(store: ClinicStore): Promise<number> {
  const { stdout } = await store.run(['episode', 'show', 'EP-1', '--output', 'json']);
  return JSON.parse(stdout).version;
}

/** Command lines that make a history in which every type of event fits. */
const HISTORY = [
  ['imaging', '--id', 'x1', '--modality', 'mri', '--birads', '2', '--date', '2026-04-20'],
  ['imaging', '--id', 'x2', '--modality', 'us', '--birads', '4b', '--date', '2026-06-01'],
  ['imaging', '--id', 'x3', '--modality', 'mg', '--date', '2026-06-05'],
];

/** One command line for each type; a missing type does not compile. */
const LINES: Readonly<Record<EventType, readonly string[]>> = {
  imaging: [
    '--modality',
    'cem',
    '--birads',
    '2',
    '--laterality',
    'left',
    '--quality',
    'diagnostic',
  ],
  report: ['--of', 'x3', '--birads', '1'],
  pathology: [
    '--result',
    'benign-concordant',
    '--specimen-date',
    '2026-06-10',
    '--answers',
    'esc.x2',
  ],
  ablation: ['--technique', 'percutaneous', '--freeze-thaw-cycles', '2', '--freeze-minutes', '8,8'],
  constraint: ['--kind', 'claustrophobia', '--from', '2026-06-01', '--to', '2026-12-31'],
  deferral: ['--visit', 'a1.interval-1', '--until', '2027-04-01', '--reason', 'abroad'],
  decline: ['--visit', 'a1.interval-1', '--reason', 'no wish'],
  booking: ['--visit', 'a1.interval-1', '--appointment', '2027-01-20', '--location', 'room 4'],
  contact: ['--method', 'call', '--outcome', 'reached', '--item', 'esc.x2', '--note', 'will come'],
  decision: ['--escalation', 'esc.x2', '--reason', 'conference'],
  suspension: ['--until', '2026-08-01', '--reason', 'radiotherapy'],
  resumption: ['--reason', 'well again', '--accept'],
  surgery: ['--acknowledge', 'esc.x2', 'esc.x3', '--acknowledge-reason', 'resected'],
  closure: ['--reason', 'death', '--note', 'told by her family'],
  reopening: ['--reason', 'came back', '--accept'],
  correction: ['--of', 'x2', '--reason', 'another patient'],
};

describe('record with flags', () => {
  test.each(EVENT_TYPES)(
    '%s: every flag of it arrives, dated today in the clinic',
    async (type) => {
      const store = await withEpisode();
      for (const line of HISTORY) await store.run(['record', 'EP-1', ...line]);
      const run = await store.run(['record', 'EP-1', type, '--id', 'new', ...LINES[type]]);
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(run.stdout)).toMatchObject({ version: 5, written: true });
      const shown = JSON.parse((await store.run(['episode', 'show', 'EP-1'])).stdout);
      const { event, recordedBy } = shown.events.at(-1);
      expect(event).toMatchObject({ id: 'new', type, date: '2026-06-15' });
      expect(recordedBy).toBe('nurse');
      const flags = LINES[type].filter(
        (word) => word.startsWith('--') && !/accept|acknowledge/.test(word),
      );
      expect(Object.keys(event)).toHaveLength(flags.length + 3);
    },
  );

  test('answers on a terminal with the escalation and its deadline first, then the next visit', async () => {
    const store = await withEpisode();
    const line = ['imaging', '--modality', 'MRI', '--birads', '4B', '--date', '2026-06-10'];
    const { stdout } = await store.run(['record', 'EP-1', ...line], { columns: 140 });
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'Recorded for EP-1: imaging e0001 of 2026-06-10; version 2.',
      'ESCALATION by 2026-06-24: biopsy, because of BI-RADS 4B (esc.e0001).',
      'Next visit: routine visit, month 72 (a1.routine-72), 2032-01-15 (2031-12-15 to 2032-02-15), MG or DBT or CEM, not yet due.',
    ]);
    expect(stdout).toContain('added     esc.e0001: biopsy');
    const late = ['imaging', '--modality', 'US', '--birads', '5', '--date', '2026-05-10'];
    const told = await store.run(['record', 'EP-1', ...late, '--output', 'text']);
    expect(told.stdout).toMatch(/^ESCALATION by 2026-05-17 \(overdue\): biopsy/m);
  });

  test('says of an exam that counts for nothing why: most often its date is mistyped', async () => {
    const store = await withEpisode();
    const line = ['imaging', '--modality', 'MRI', '--birads', '4B', '--date', '2025-06-10'];
    const { stdout } = await store.run(['record', 'EP-1', ...line, '--output', 'text']);
    expect(stdout).toContain(
      'Exam e0001: Does not count: it was done on the day of the ablation or before it.',
    );
    const counts = ['imaging', '--modality', 'MRI', '--birads', '2', '--date', '2026-04-20'];
    const told = await store.run(['record', 'EP-1', ...counts, '--output', 'text']);
    expect(told.stdout).not.toContain('Exam ');
  });

  test('the day is the clinic’s, not that of the machine', async () => {
    const store = await withEpisode();
    const lateEvening = Date.UTC(2026, 5, 15, 22, 30);
    const line = ['record', 'EP-1', 'contact', '--method', 'letter', '--outcome', 'sent'];
    const run = await store.run(line, { now: lateEvening, zone: 'America/New_York' });
    expect(JSON.parse(run.stdout).events).toMatchObject([{ date: '2026-06-16' }]);
  });

  test('--dry-run shows the same and writes nothing', async () => {
    const store = await withEpisode();
    const line = ['record', 'EP-1', 'imaging', '--modality', 'MRI', '--birads', '3'];
    const dry = JSON.parse((await store.run([...line, '--dry-run'])).stdout);
    expect(dry).toMatchObject({ written: false, version: 1 });
    expect(await version(store)).toBe(1);
    expect(JSON.parse((await store.run(line)).stdout).diff).toEqual(dry.diff);
  });

  test('--json adds what is nested', async () => {
    const store = await withEpisode();
    const findings = '{"findings":{"enhancement":{"present":true,"change":"new"}}}';
    const line = [
      'record',
      'EP-1',
      'imaging',
      '--modality',
      'MRI',
      '--birads',
      '2',
      '--json',
      findings,
    ];
    const { newEscalations } = JSON.parse((await store.run(line)).stdout);
    expect(newEscalations).toMatchObject([{ triggers: ['new-enhancement'] }]);
  });
});

describe('what record refuses', () => {
  test.each([
    [
      ['imaging', '--visit', 'a1.baseline'],
      2,
      '--visit: this flag is none of imaging (allowed: --date, --id, --modality',
    ],
    [['imagin'], 2, 'did you mean imaging?'],
    [[], 2, 'there is nothing to record'],
    [['imaging', '--json', '{'], 2, '--json: this is not JSON'],
    [['imaging', '--json', '[]'], 2, '--json: this is not an object'],
    [
      ['imaging', '--modality', 'MRI', '--json', '{"modality":"CEM"}'],
      2,
      'modality is given twice',
    ],
    [['imaging', '--expect', 'two', '--modality', 'MRI'], 2, 'A version is a whole number'],
    [['imaging', '--input', 'x.json'], 2, 'not from both'],
    [['imaging', '--birads', '2'], 3, '--modality: this field is missing'],
    [
      ['imaging', '--modality', 'MRI', '--birads', '4D'],
      3,
      '--birads: the value is not allowed (found "4D"',
    ],
    [
      ['imaging', '--modality', 'MRI', '--date', '2026-06-16'],
      3,
      '--date: the imaging lies in the future',
    ],
    [
      ['imaging', '--modality', 'MRI', '--date', '2026-02-30'],
      3,
      '--date: this day does not exist',
    ],
    [
      ['imaging', '--modality', 'MRI', '--json', '{"findings":{"zone":{}}}'],
      3,
      'findings.zone.longestMm: this field is missing',
    ],
    [
      ['decline', '--visit', 'a1.interval-1', '--reason', 'no'],
      3,
      '--visit: this visit is not open: it is forecast',
    ],
    [['closure', '--reason', 'lost-to-follow-up'], 3, '--note: '],
    [
      ['closure', '--reason', 'withdrew', '--acknowledge', 'esc.x7', '--acknowledge-reason', 'no'],
      3,
      '--acknowledge: this recording closes no such escalation',
    ],
    [['imaging', '--modality', 'MRI', '--expect', '7'], 6, 'stands at version 1'],
    [
      ['imaging', '--modality', 'MRI', '--clinic', 'SOUTH'],
      5,
      'clinic: the store has no such clinic',
    ],
  ])('%j', async (line, code, says) => {
    const store = await withEpisode();
    const run = await store.run(['record', 'EP-1', ...line]);
    expect(run.stderr).toContain(says);
    expect(run).toMatchObject({ code, stdout: '' });
    expect(await version(store)).toBe(1);
  });

  test('an unknown episode', async () => {
    const store = await withEpisode();
    const run = await store.run(['record', 'EP-7', 'imaging', '--modality', 'MRI']);
    expect(run.code).toBe(5);
    expect(run.stderr).toContain('clinic NORTH has no such episode (found "EP-7"');
  });

  test('the same again without an id, unless it is accepted', async () => {
    const store = await withEpisode();
    const line = [
      'record',
      'EP-1',
      'imaging',
      '--modality',
      'MRI',
      '--birads',
      '2',
      '--date',
      '2026-04-20',
    ];
    expect((await store.run(line)).code).toBe(0);
    const again = await store.run(line);
    expect(again).toMatchObject({ code: 3, stdout: '' });
    expect(again.stderr).toContain(
      'the same imaging of the same day is there already (found e0001',
    );
    expect((await store.run([...line, '--accept'])).code).toBe(0);
  });

  test('a clock that is behind, with nothing kept', async () => {
    const store = await withEpisode();
    const line = ['record', 'EP-1', 'contact', '--method', 'call', '--outcome', 'reached'];
    const run = await store.run(line, { now: Date.UTC(2026, 5, 14, 12) - DAY });
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('the clock of this machine is earlier');
    expect(await version(store)).toBe(1);
  });

  test('an end with an open escalation, until it is acknowledged with a reason', async () => {
    const store = await withEpisode();
    for (const line of HISTORY.slice(0, 2)) await store.run(['record', 'EP-1', ...line]);
    const end = ['record', 'EP-1', 'closure', '--reason', 'withdrew'];
    const refused = await store.run(end);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain(
      '--acknowledge: an open escalation would be closed unanswered: esc.x2',
    );
    const bare = await store.run([...end, '--acknowledge', 'esc.x2']);
    expect(bare.stderr).toContain('--acknowledge-reason: the acknowledgement gives no reason');
    const done = await store.run([
      ...end,
      '--acknowledge',
      'esc.x2',
      '--acknowledge-reason',
      'knows',
    ]);
    expect(done.code).toBe(0);
    const shown = JSON.parse((await store.run(['episode', 'show', 'EP-1'])).stdout);
    expect(shown.acknowledgements).toMatchObject([
      { escalations: ['esc.x2'], reason: 'knows', recordedBy: 'nurse', version: 4 },
    ]);
    const due = await store.run(['due', '--output', 'json']);
    expect(JSON.parse(due.stdout).rows).toEqual([]);
    const late = ['imaging', '--modality', 'MG', '--birads', '5'];
    const later = { now: NOON + 3 * DAY };
    const answer = await store.run(['record', 'EP-1', ...late], later);
    expect(JSON.parse(answer.stdout).newEscalations).toMatchObject([{ action: 'biopsy' }]);
    const again = JSON.parse((await store.run(['due', '--output', 'json'], later)).stdout);
    expect(again.rows).toMatchObject([{ episode: 'EP-1', bucket: 'escalation' }]);
  });
});

describe('two people at once', () => {
  const first = ['record', 'EP-1', 'imaging', '--modality', 'MRI', '--birads', '2'];
  const second = ['record', 'EP-1', 'contact', '--method', 'call', '--outcome', 'reached'];

  test('without --expect both are recorded', async () => {
    const store = await withEpisode();
    const runs = await Promise.all([store.run(first), store.run(second)]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    const shown = JSON.parse((await store.run(['episode', 'show', 'EP-1'])).stdout);
    expect(shown).toMatchObject({ version: 3, events: [{}, {}] });
  });

  test('with --expect the second one looks again, and nothing is lost', async () => {
    const store = await withEpisode();
    const seen = ['--expect', '1'];
    const runs = [await store.run([...first, ...seen]), await store.run([...second, ...seen])];
    expect(runs.map(({ code }) => code)).toEqual([0, 6]);
    expect(runs[1]?.stderr).toContain('the episode was changed meanwhile and stands at version 2');
    expect((await store.run([...second, '--expect', '2'])).code).toBe(0);
  });
});

describe('record --input', () => {
  const exam = { type: 'imaging', id: 'x1', date: '2026-04-20', modality: 'MRI', biRads: '2' };
  const call = {
    type: 'contact',
    id: 'k1',
    date: '2026-06-01',
    method: 'call',
    outcome: 'reached',
  };
  const from = (file: string) => ['record', 'EP-1', '--input', file];

  test.each([
    ['one event', 'one.json', json(exam), 1],
    ['a list', 'list.json', json([exam, call]), 2],
    ['one a line', 'events.ndjson', ndjson(exam, call), 2],
    ['standard input', '-', json(exam), 1],
  ])('reads %s, and the same again changes nothing', async (_, file, text, count) => {
    const store = await withEpisode();
    const files = { [file]: text };
    const first = await store.run(from(file), { files });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(first.stdout).events).toHaveLength(count);
    const second = JSON.parse((await store.run(from(file), { files })).stdout);
    expect(second).toMatchObject({ written: false, knownBefore: count, version: 2, events: [] });
    const told = await store.run([...from(file), '--output', 'text'], { files });
    expect(told.stdout).toContain(`Nothing new for EP-1, version 2; ${count} recorded before.`);
  });

  test.each([
    [
      'a field of one event',
      'one.json',
      json({ ...exam, biRads: '9' }),
      'one.json, line 6: biRads: the value',
    ],
    [
      'an event of a list',
      'list.json',
      json([call, { ...exam, modality: 'X' }]),
      'list.json, line 13: [1].modality: the value',
    ],
    [
      'a line',
      'e.ndjson',
      ndjson(call, { ...exam, date: '2027-01-01' }),
      'e.ndjson, line 2: date: the imaging lies in the future',
    ],
    [
      'a line that is no JSON',
      'e.ndjson',
      `${ndjson(call)}{\n`,
      'e.ndjson, line 2: this is not JSON',
    ],
    ['a file without events', 'e.ndjson', '\n', 'e.ndjson: the file holds no event'],
  ])('tells where %s is wrong, and keeps nothing', async (_, file, text, says) => {
    const store = await withEpisode();
    const run = await store.run(from(file), { files: { [file]: text } });
    expect(run.stderr).toContain(says);
    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(await version(store)).toBe(1);
  });

  test('a missing file', async () => {
    const store = await withEpisode();
    expect((await store.run(from('none.json'))).code).toBe(5);
  });
});
