import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ClinicStore, clinicStore } from './clinic-store.ts';
import { CANARY, CANARY_CASES, canaryStore, everyCommand } from './every-command.ts';
import { json, ndjson, type Run, type World } from './memory-surroundings.ts';
import { laterProtocol } from './registered.ts';

const [FIRST, SECOND] = CANARY_CASES;
const TOO_LONG = `${CANARY} ${'and so on '.repeat(200)}`;
const ON_TWO_LINES = `${CANARY}\nand more`;

const LETTER = { type: 'contact', date: '2026-06-10', method: 'letter', outcome: 'sent' };

/** Cases with the name in a field of words, and something wrong in it or beside it. */
const BROKEN_CASES: readonly { readonly episode: object; readonly events: readonly object[] }[] = [
  { ...FIRST, events: [{ ...LETTER, id: 'q1', note: TOO_LONG }] },
  { ...FIRST, events: [{ ...LETTER, id: 'q1', note: ON_TWO_LINES }] },
  { ...FIRST, events: [{ ...LETTER, id: 'q1', note: [CANARY] }] },
  { ...FIRST, events: [{ ...LETTER, id: 'q1', method: 'pigeon', note: CANARY }] },
  { ...FIRST, events: [{ id: 'q1', type: 'deferral', reason: CANARY }] },
  { ...FIRST, episode: { ...FIRST.episode, patientRef: TOO_LONG } },
  { ...FIRST, episode: { ...FIRST.episode, laterality: 'both', patientRef: CANARY } },
];

const COLUMNS = 'id,ablatedOn,laterality,patientRef';

const FILES = {
  'case.json': json({ asOf: '2026-06-15', ...FIRST }),
  'before.json': json({ asOf: '2026-06-15', ...FIRST, events: FIRST.events.slice(0, 3) }),
  'cases.ndjson': ndjson(...CANARY_CASES),
  'broken.ndjson': ndjson(...BROKEN_CASES),
  'torn.json': `{"episode": {"id": "EP-9", "patientRef": "${CANARY}" "laterality": "left"}}`,
  'cohort.csv': `${COLUMNS}\nEP-8,2026-02-01,left,${CANARY}\n`,
  'broken.csv': `${COLUMNS}\nEP-8,2026-02-31,left,${CANARY}\nEP-9,2026-02-01,both,"${CANARY}\n`,
  'events.json': json([{ ...LETTER, note: CANARY }]),
  'broken-events.json': json(BROKEN_CASES.flatMap(({ events }) => events)),
  'torn-events.json': `[{"note": "${CANARY}" "type": "contact"}]`,
  'facts.json': json({ ...FIRST.episode, intent: 'curative' }),
  'broken-facts.json': json({ ...FIRST.episode, patientRef: TOO_LONG, intent: CANARY.length }),
  'later.json': json(laterProtocol('9.0.0')),
  'closed.json': json({ clinic: 'NORTH', closed: [{ date: '2026-12-24' }] }),
  'broken-closed.json': json({ clinic: 'NORTH', closed: [{ date: '2026-12-32' }] }),
  'booked.ics': calendarOf('DTSTART;VALUE=DATE:20261120'),
  'broken.ics': calendarOf('DTSTART:then'),
};

/** A calendar that came back with the name in every line of words. */
function calendarOf(start: string): string {
  const words = ['SUMMARY', 'DESCRIPTION', 'LOCATION', 'UID'].map((name) => `${name}:${CANARY}`);
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//x//y//EN',
    'BEGIN:VEVENT',
    'DTSTAMP:20260601T000000Z',
    start,
    ...words,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

const ADD_PERSON = 'user add k.berg --role scheduler --password-file password.txt';
const ADD_MACHINE = 'user add bridge --service';

interface Entry {
  /** Lines of the command that do what they are for, in this order. */
  readonly good: readonly string[];
  /** Lines that are refused. Every command is also given an option that there is not. */
  readonly bad?: readonly string[];
  /** Where words that a person wrote may stand; absent: nowhere. */
  readonly tells?: 'stdout' | 'files';
  /** Commands before it. */
  readonly first?: readonly string[];
}

/**
 * Every command. `tells` is the closed list of those that show what somebody wrote: what was asked for
 * is the patient's own data. No other prints it, and none puts it in a message or in the audit log.
 */
const ENTRIES: Readonly<Record<string, Entry>> = {
  plan: {
    tells: 'stdout',
    good: [
      '--input case.json',
      '--input case.json --privacy minimal --output ics --uid-key-file KEY',
    ],
    bad: ['--input broken.ndjson', '--input torn.json', '--input cohort.csv'],
  },
  due: {
    tells: 'stdout',
    good: ['', '--input cases.ndjson --as-of 2026-06-15', '--all', '--code ABCD'],
    bad: ['--input broken.ndjson', '--input torn.json', '--clinic NOWHERE', '--bucket none'],
  },
  explain: {
    good: ['a1.interval-1 --input case.json', 'x2 --input case.json'],
    bad: ['a1.none --input case.json', 'x2 --input torn.json', 'x2 --input broken.ndjson'],
  },
  diff: {
    tells: 'stdout',
    good: ['before.json case.json'],
    bad: ['before.json torn.json', 'before.json broken.ndjson'],
  },
  check: {
    good: ['case.json', 'cases.ndjson'],
    bad: ['broken.ndjson', 'torn.json', 'cohort.csv'],
  },
  'protocols list': { good: [''] },
  'protocols show': { good: ['staged-risk-adapted'], bad: ['none', 'torn.json'] },
  'protocols check': { good: ['later.json'], bad: ['case.json', 'torn.json'] },
  init: { good: ['--clinic SOUTH --database NEW'], bad: ['--clinic SOUTH'] },
  calendar: {
    tells: 'stdout',
    good: [
      '--clinic NORTH',
      '--episode EP-1',
      '--all --out calendars',
      '--episode EP-1 --privacy coded',
      '--clinic NORTH --privacy named',
    ],
    bad: ['--episode EP-7', '--patient P-7'],
  },
  'calendar import': {
    good: ['booked.ics', 'booked.ics --dry-run', 'broken.ics'],
    bad: ['torn.json'],
  },
  'clinic list': { good: [''] },
  'clinic add': { good: ['WEST --zone Europe/Paris'], bad: ['NORTH --zone Nowhere/None'] },
  'clinic closed-days': { good: ['closed.json', ''], bad: ['broken-closed.json', 'torn.json'] },
  'protocol list': { good: [''] },
  'protocol approve': {
    good: ['later.json --clinician Dr.Ito'],
    bad: ['torn.json --clinician Dr.Ito', 'case.json --clinician Dr.Ito'],
  },
  'protocol adopt': {
    first: ['protocol approve later.json --clinician Dr.Ito'],
    good: ['staged-risk-adapted@9.0.0 --dry-run', 'staged-risk-adapted@9.0.0'],
    bad: ['staged-risk-adapted@7', 'none'],
  },
  erase: {
    good: [
      '--ground patient-request --episode EP-1 --dry-run',
      '--ground patient-request --episode EP-1 --confirm EP-1',
    ],
    bad: ['--ground patient-request --episode EP-2 --confirm EP-1', '--ground x --episode EP-2'],
  },
  'audit list': { good: ['', '--episode EP-1'], bad: ['--episode EP-7'] },
  'audit verify': { good: [''], bad: ['--head 1:00'] },
  backup: { good: ['FOLDER/backups'], bad: ['case.json --keep 0'] },
  restore: {
    first: ['backup FOLDER/backups'],
    good: [
      'BACKUP --database NEW --key-file OWN-KEY --dry-run',
      'BACKUP --database NEW --key-file OWN-KEY',
    ],
    bad: ['FOLDER/none.backup', 'case.json'],
  },
  drill: { first: ['backup FOLDER/backups'], good: ['FOLDER/backups'], bad: ['FOLDER/none'] },
  doctor: { good: [''], bad: ['--accept-clock because'] },
  'user add': {
    good: ['k.berg --role scheduler --password-file password.txt'],
    bad: ['k.berg --role none', 'k.berg --role viewer --password-file torn.json'],
  },
  'user list': { good: [''] },
  'user role': {
    first: [ADD_PERSON],
    good: ['k.berg --role viewer'],
    bad: ['nobody --role viewer'],
  },
  'user password': {
    first: [ADD_PERSON],
    good: ['k.berg --password-file password.txt'],
    bad: ['k.berg --password-file none.txt'],
  },
  'user disable': { first: [ADD_PERSON], good: ['k.berg'], bad: ['nobody'] },
  'user enable': { first: [ADD_PERSON], good: ['k.berg'], bad: ['nobody'] },
  'user key': { first: [ADD_MACHINE], good: ['bridge --label import'], bad: ['k.berg --label x'] },
  'user keys': { first: [ADD_MACHINE], good: ['bridge'], bad: ['nobody'] },
  'user revoke': { good: [], bad: ['0000000000000000'] },
  serve: { good: [], bad: ['--port none', '--origin none'] },
  completion: { good: ['bash'], bad: ['sh9'] },
  nightly: {
    tells: 'files',
    good: ['--out lists', '--out lists --dry-run', '--out lists --as-of 2026-06-16'],
    bad: ['--out lists --as-of never', '--out lists --clinic NOWHERE'],
  },
  status: { first: ['nightly --out lists'], good: [''], bad: ['--max-age never'] },
  'episode add': {
    tells: 'stdout',
    good: [
      '--input case-of-another.json --accept --dry-run',
      '--input case-of-another.json --accept --output json',
    ],
    bad: [
      '--input case-of-another.json --dry-run',
      '--input case.json',
      '--input broken.ndjson',
      '--input torn.json',
    ],
  },
  'episode show': { tells: 'stdout', good: ['EP-1', 'EP-2'], bad: ['EP-7'] },
  'episode list': { tells: 'stdout', good: [''], bad: ['--as-of never'] },
  'episode update': {
    good: ['EP-1 --input facts.json --dry-run', 'EP-1 --input facts.json'],
    bad: ['EP-1 --input broken-facts.json', 'EP-1 --input torn.json', 'EP-7 --input facts.json'],
  },
  'episode plan': { tells: 'stdout', good: ['EP-1', 'EP-2'], bad: ['EP-7'] },
  'episode explain': { good: ['EP-1 a1.interval-1'], bad: ['EP-1 a1.none'] },
  'episode import': {
    good: ['cohort.csv', 'cases.ndjson'],
    bad: ['broken.csv', 'broken.ndjson', 'torn.json', 'later.json'],
  },
  'episode export': { tells: 'stdout', good: ['', '--episode EP-1'], bad: ['--episode EP-7'] },
  record: {
    tells: 'stdout',
    good: ['EP-1 --input events.json'],
    bad: [
      'EP-1 --input broken-events.json',
      'EP-1 --input torn-events.json',
      'EP-2 --input case.json',
      'EP-7 --input events.json',
    ],
  },
};

const WORLD: World = {
  files: {
    ...FILES,
    'case-of-another.json': json({ ...SECOND, episode: { ...SECOND.episode, id: 'EP-5' } }),
    'password.txt': 'lantern gravel otter velvet\n',
    KEY: `${'ab'.repeat(32)}\n`,
  },
};

function wordsOf(store: ClinicStore, name: string, line: string): string[] {
  const backups = join(store.folder, 'backups');
  const [backup = ''] = readdirSync(backups).filter((file) => file.endsWith('.backup'));
  const words = line.split(' ').filter((word) => word !== '');
  const placed = words.map((word) =>
    word
      .replace(/^FOLDER/, store.folder)
      .replace(/^NEW$/, join(store.folder, 'new.db'))
      .replace(/^BACKUP$/, join(backups, backup))
      .replace(/^OWN-KEY$/, `${store.database}.key`),
  );
  return [...name.split(' ').filter((word) => word !== ''), ...placed];
}

/** The line as it stands, and once in every format that the command has. */
async function inEveryFormat(name: string, line: string): Promise<string[]> {
  const { command } = (await everyCommand()).find((each) => each.name === name) ?? {};
  const output = command?.options.find(({ long }) => long === '--output');
  if (output?.argChoices === undefined || line.includes('--output')) return [line];
  return [line, ...output.argChoices.map((format) => `${line} --output ${format}`)];
}

/** What a command told, apart from its messages: standard output and files. */
function toldBy({ stdout, written }: Run): string {
  return stdout + [...written.values()].join('');
}

test('every command has an entry here, and says whether it may tell what somebody wrote', async () => {
  const names = (await everyCommand()).map(({ name }) => name);
  expect(Object.keys(ENTRIES).sort()).toEqual(names.sort());
});

describe.each(Object.entries(ENTRIES))('%s', (name, { good, bad = [], tells, first = [] }) => {
  test(`puts no patient's name in a message or in the audit log${tells === undefined ? ', and tells it nowhere' : ''}`, async () => {
    const store = await canaryStore();
    const run = (line: string) => store.run(wordsOf(store, name, line), WORLD);
    for (const line of first) {
      expect([line, (await store.run(wordsOf(store, '', line), WORLD)).code]).toEqual([line, 0]);
    }
    const leaks: string[] = [];
    let told = false;
    const look = (line: string, done: Run) => {
      if (done.stderr.includes(CANARY)) leaks.push(`${line}: ${done.stderr}`);
      const tellsIt = toldBy(done).includes(CANARY);
      told ||= tellsIt;
      if (tellsIt && (tells === undefined || (tells === 'files' && done.stdout.includes(CANARY)))) {
        leaks.push(`${line}: ${toldBy(done)}`);
      }
      for (const [file, text] of done.written) {
        if (/(summary\.txt|manifest\.json)$/.test(file) && text.includes(CANARY)) leaks.push(file);
      }
    };
    for (const line of good) {
      for (const each of await inEveryFormat(name, line)) {
        const done = await run(each);
        expect([each, [0, 1, 8].includes(done.code), done.stderr]).toEqual([
          each,
          true,
          expect.anything(),
        ]);
        look(each, done);
      }
    }
    for (const line of [...bad, '--no-such-option']) {
      const done = await run(line);
      expect([line, done.code]).not.toEqual([line, 0]);
      look(line, done);
    }
    const rows = await store.use(({ store: kept }) => kept.pageAudit({ after: 0, limit: 10_000 }));
    expect(JSON.stringify(rows)).not.toContain(CANARY);
    expect(leaks).toEqual([]);
    expect(told).toBe(tells !== undefined);
  });
});

test('a minimal calendar tells no name, whoever it is for', async () => {
  const store = await canaryStore();
  for (const line of ['--clinic NORTH', '--episode EP-1', '--episode EP-2', '--all --out all']) {
    const run = await store.run(wordsOf(store, 'calendar', line), WORLD);
    expect(run.code).toBe(0);
    // Beside the files of --all it says whose each is.
    const text = run.written.size > 0 ? [...run.written.values()].join('') : run.stdout;
    expect(text).toContain('BEGIN:VEVENT');
    expect(text).not.toContain(CANARY);
  }
});

test('a store that cannot be opened is told without a word of what it holds', async () => {
  const store = await canaryStore();
  const other = await clinicStore();
  const wrongKey = await store.run(
    ['due', '--database', store.database, '--key-file', 'KEY'],
    WORLD,
  );
  expect(wrongKey.code).toBe(7);
  expect(wrongKey.stderr).not.toContain(CANARY);
  expect((await other.run(['due', '--database', store.folder])).stderr).not.toContain(CANARY);
});
