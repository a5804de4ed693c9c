import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AuditAction, AuditRow } from '../../src/store/audit.ts';
import { raw } from '../store/raw.ts';
import type { ClinicStore } from './clinic-store.ts';
import { CANARY_CASES, canaryStore, everyCommand } from './every-command.ts';
import { json, NOON, type World } from './memory-surroundings.ts';
import { laterProtocol } from './registered.ts';

const [FIRST] = CANARY_CASES;

const WORLD: World = {
  files: {
    'case.json': json(FIRST),
    'facts.json': json({ ...FIRST.episode, intent: 'curative' }),
    'cohort.csv': 'id,ablatedOn,laterality\nEP-8,2026-02-01,left\nEP-9,2026-03-01,right\n',
    'later.json': json(laterProtocol('9.0.0')),
    'closed.json': json({ clinic: 'NORTH', closed: [{ date: '2026-12-24' }] }),
    'password.txt': 'lantern gravel otter velvet\n',
    'other-password.txt': 'amber thistle canoe marble\n',
  },
};

/** A command that changes the store, and the kinds of rows that it writes, in order. */
interface Change {
  readonly line: string;
  readonly writes: readonly AuditAction[];
  /** Commands before it. */
  readonly first?: readonly string[];
  /** False: the command has no `--dry-run`. */
  readonly dry?: false;
  /** Store in which the rows are; absent: the one that is there. */
  readonly database?: string;
}

const APPROVE_LATER = 'protocol approve later.json --clinician Dr.Ito';

const ADD_PERSON = 'user add k.berg --role scheduler --password-file password.txt';
const ADD_MACHINE = 'user add bridge --service';

/** Every command that changes a store. */
const CHANGES: Readonly<Record<string, Change>> = {
  init: {
    line: '--clinic SOUTH --database NEW',
    writes: ['store.created', 'clinic.created'],
    dry: false,
    database: 'new.db',
  },
  'clinic add': { line: 'WEST --zone Europe/Paris', writes: ['clinic.created'] },
  'clinic closed-days': { line: 'closed.json', writes: ['clinic.calendar-set'] },
  'protocol approve': {
    line: 'later.json --clinician Dr.Ito',
    writes: ['protocol.recorded', 'protocol.approved'],
  },
  'protocol adopt': {
    first: [APPROVE_LATER],
    line: 'staged-risk-adapted@9.0.0',
    writes: ['episode.pinned', 'plans.saved'],
  },
  'episode add': {
    line: '--id EP-5 --ablated 2026-03-01 --laterality left',
    writes: ['episode.registered', 'plans.saved'],
  },
  'episode update': {
    line: 'EP-1 --input facts.json',
    writes: ['episode.revised', 'plans.saved'],
  },
  'episode import': { line: 'cohort.csv', writes: ['episode.registered', 'plans.saved'] },
  record: {
    line: 'EP-1 contact --method letter --outcome sent',
    writes: ['events.appended', 'plans.saved'],
  },
  calendar: { line: '--clinic NORTH', writes: ['calendar.saved'], dry: false },
  'calendar import': {
    first: ['episode add --id EP-3 --ablated 2026-05-20 --laterality left'],
    line: 'booked.ics',
    writes: ['events.appended', 'plans.saved', 'calendar.saved'],
  },
  nightly: { line: '--out lists', writes: ['run.started', 'run.finished'] },
  erase: {
    line: '--ground patient-request --episode EP-1 --confirm EP-1',
    writes: ['patient.erased'],
  },
  backup: { line: 'FOLDER/backups', writes: ['operation.recorded'] },
  drill: {
    first: ['backup FOLDER/backups'],
    line: 'FOLDER/backups',
    writes: ['operation.recorded'],
    dry: false,
  },
  restore: {
    first: ['backup FOLDER/backups'],
    line: 'BACKUP --database NEW --key-file OWN-KEY',
    writes: ['store.restored'],
    database: 'new.db',
  },
  'user add': {
    line: 'k.berg --role scheduler --password-file password.txt',
    writes: ['account.created'],
  },
  'user role': {
    first: [ADD_PERSON],
    line: 'k.berg --role clinician',
    writes: ['account.revised'],
  },
  'user password': {
    first: [ADD_PERSON],
    line: 'k.berg --password-file other-password.txt',
    writes: ['account.revised'],
  },
  'user disable': { first: [ADD_PERSON], line: 'k.berg', writes: ['account.revised'] },
  'user enable': {
    first: [ADD_PERSON, 'user disable k.berg'],
    line: 'k.berg',
    writes: ['account.revised'],
  },
  'user key': {
    first: [ADD_MACHINE],
    line: 'bridge --label import',
    writes: ['api-key.created'],
  },
  'user revoke': {
    first: [ADD_MACHINE, 'user key bridge --label import'],
    line: 'SELECTOR',
    writes: ['api-key.revoked'],
  },
  doctor: {
    first: ['AHEAD clinic add EAST --zone Europe/Paris'],
    line: '--accept-clock clock-was-ahead',
    writes: ['clock.accepted'],
  },
};

/** Every command that looks at a store, or at none, and changes nothing. */
const LOOKS: Readonly<Record<string, readonly string[]>> = {
  plan: ['--input case.json'],
  due: ['', '--input case.json --as-of 2026-06-15'],
  explain: ['x1 --input case.json --as-of 2026-06-15'],
  diff: ['case.json case.json --as-of 2026-06-15'],
  check: ['case.json'],
  'protocols list': [''],
  'protocols show': ['staged-risk-adapted'],
  'protocols check': ['later.json'],
  'clinic list': [''],
  'clinic closed-days': [''],
  'protocol list': [''],
  'audit list': [''],
  'audit verify': [''],
  doctor: [''],
  'user list': [''],
  'user keys': ['bridge'],
  serve: [''],
  completion: ['bash'],
  status: [''],
  'episode show': ['EP-1'],
  'episode list': [''],
  'episode plan': ['EP-1'],
  'episode explain': ['EP-1 a1.interval-1'],
  'episode export': [''],
};

/** What must be there before a command has something to look at. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  'user keys': [ADD_MACHINE],
};

const YEAR_MS = 365 * 86_400_000;

async function run(store: ClinicStore, line: string) {
  const backups = join(store.folder, 'backups');
  const [backup = ''] = readdirSync(backups).filter((file) => file.endsWith('.backup'));
  const words = line.split(' ').filter((word) => word !== '');
  const ahead = words[0] === 'AHEAD';
  const placed = words.slice(ahead ? 1 : 0).map((word) =>
    word
      .replace(/^FOLDER/, store.folder)
      .replace(/^NEW$/, join(store.folder, 'new.db'))
      .replace(/^BACKUP$/, join(backups, backup))
      .replace(/^OWN-KEY$/, `${store.database}.key`)
      .replace(/^SELECTOR$/, selector),
  );
  const files = { ...WORLD.files, 'booked.ics': booked };
  const done = await store.run(placed, { files, now: ahead ? NOON + YEAR_MS : NOON });
  selector = /^([0-9a-z]{16})\.[0-9a-z]+$/m.exec(done.stdout)?.[1] ?? selector;
  return done;
}

/** Of the key that was made last. */
let selector = '';
let booked = '';

/** The calendar as a clinic gives it back: the first visit of EP-3 at a time. */
async function bookAVisit(store: ClinicStore): Promise<void> {
  const { stdout } = await run(store, 'calendar --episode EP-3');
  booked = stdout
    .replace('DTSTART;VALUE=DATE:20260820', 'DTSTART;TZID=Europe/Berlin:20260821T093000')
    .replace('DTEND;VALUE=DATE:20260821', 'DTEND;TZID=Europe/Berlin:20260821T103000');
}

function rowsOf(store: ClinicStore): Promise<readonly AuditRow[]> {
  return store.use(
    ({ store: kept }) => kept.pageAudit({ after: 0, limit: 10_000 }),
    NOON + YEAR_MS,
  );
}

function rowsIn({ folder }: ClinicStore, database: string) {
  return raw(join(folder, database), (db) =>
    db
      .prepare<[], { action: string; actor: string }>(
        'SELECT action, actor FROM audit ORDER BY seq',
      )
      .all(),
  );
}

async function prepared(first: readonly string[] = []): Promise<ClinicStore> {
  const store = await canaryStore();
  for (const line of first) {
    const done = await run(store, line);
    expect(done.code, line + done.stderr).toBe(0);
  }
  if (first.some((line) => line.includes('EP-3'))) await bookAVisit(store);
  return store;
}

test('every command stands in one of the tables, and only what looks and changes in both', async () => {
  const names = (await everyCommand()).map(({ name }) => name);
  const listed = new Set([...Object.keys(CHANGES), ...Object.keys(LOOKS)]);
  expect([...listed].sort()).toEqual([...names].sort());
  const both = Object.keys(CHANGES).filter((name) => Object.hasOwn(LOOKS, name));
  expect(both).toEqual(['clinic closed-days', 'doctor']);
});

describe.each(Object.entries(CHANGES))('%s', (name, { line, writes, first, dry, database }) => {
  test(`writes ${writes.join(', ')}, by whoever acts`, async () => {
    const store = await prepared(first);
    const before = (await rowsOf(store)).length;
    const done = await run(store, `${name} ${line} --actor dr-ito`);
    expect(done.code, done.stderr).toBe(0);
    const all = database === undefined ? await rowsOf(store) : rowsIn(store, database);
    // A store that is restored begins with the rows of its backup, which was noted only afterwards.
    const known = { init: 0, restore: before - 1 }[name] ?? before;
    const rows = all.slice(known);
    const actions = rows.map(({ action }) => action);
    expect([...new Set(actions)]).toEqual(writes);
    for (const { actor } of rows) expect(actor).toBe('dr-ito');
  });

  test.runIf(dry !== false)('writes nothing on a dry run', async () => {
    const store = await prepared(first);
    const before = await rowsOf(store);
    const done = await run(store, `${name} ${line} --dry-run`);
    expect(done.code, done.stderr).toBe(0);
    expect(await rowsOf(store)).toEqual(before);
  });
});

test.each(Object.entries(LOOKS))('%s changes nothing', async (name, lines) => {
  const store = await prepared(BEFORE[name]);
  const before = await rowsOf(store);
  for (const line of lines) {
    const done = await run(store, `${name} ${line}`);
    expect([0, 1], done.stderr).toContain(done.code);
  }
  expect(await rowsOf(store)).toEqual(before);
});
