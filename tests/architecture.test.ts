import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** What the files of one folder may import. */
interface Rule {
  readonly folders: readonly string[];
  readonly packages: readonly string[];
  /** How to mend a breach. */
  readonly mend: string;
}

const DOMAIN = ['domain'];

/** The import table of the house. A file counts to its first folder under src. */
const RULES: Readonly<Record<string, Rule>> = {
  domain: {
    folders: DOMAIN,
    packages: ['zod'],
    mend: 'The vocabulary knows no one else: move the code to the folder that it wants to import.',
  },
  'domain/clock.ts': {
    folders: DOMAIN,
    packages: ['zod', 'luxon'],
    mend: 'Only the clock knows luxon: date arithmetic belongs in civil-date.ts.',
  },
  history: {
    folders: ['history', ...DOMAIN],
    packages: ['zod'],
    mend: 'History orders events; it does not plan. Let the engine take what it needs.',
  },
  protocol: {
    folders: ['protocol', ...DOMAIN],
    packages: ['zod'],
    mend: 'A protocol is data with checks; what is done with it belongs in the engine.',
  },
  plan: {
    folders: ['plan', ...DOMAIN],
    packages: ['zod'],
    mend: 'The plan is told from the schedule and ProtocolFacts; pass in what is missing.',
  },
  worklist: {
    folders: ['worklist', 'plan', ...DOMAIN],
    packages: ['zod'],
    mend: 'The worklist sorts what plans say: a date or a status belongs in the engine.',
  },
  'worklist/closed-days.ts': {
    folders: ['worklist', ...DOMAIN],
    packages: ['rrule'],
    mend: 'Only the closed days of a clinic are a recurrence rule; clinical dates are the plan’s.',
  },
  input: {
    folders: ['input', 'history', ...DOMAIN],
    packages: ['zod'],
    mend: 'Input turns outside data into events; planning starts in the service.',
  },
  'input/booked-appointments.ts': {
    folders: ['input', ...DOMAIN],
    packages: ['ical.js'],
    mend: 'Only calendars that come back are read with ical.js; who is booked is the service’s.',
  },
  'input/cohort-csv-records.ts': {
    folders: ['input', ...DOMAIN],
    packages: ['csv-parse/sync'],
    mend: 'Only the reader of CSV records knows their grammar.',
  },
  engine: {
    folders: ['engine', 'domain', 'history', 'protocol', 'plan'],
    packages: [],
    mend: 'The engine is pure and knows no package: calculate with days of civil-date.ts.',
  },
  export: {
    folders: ['export', 'plan', ...DOMAIN],
    packages: ['ical-generator', 'rrule', 'luxon'],
    mend: 'An exporter sees the plan only: put what it needs into the plan.',
  },
  store: {
    folders: ['store', 'history', 'plan', ...DOMAIN],
    packages: [],
    mend: 'The interface and the memory store know no database; SQL belongs in store/sqlite.',
  },
  'store/sqlite': {
    folders: ['store/sqlite', 'store', 'history', 'plan', ...DOMAIN],
    packages: ['better-sqlite3', 'node:fs', 'node:path', 'node:crypto', 'node:url'],
    mend: 'The SQLite store keeps and finds; what is kept is decided in src/service.',
  },
  'store/sqlite/load-driver.ts': {
    folders: ['store/sqlite', 'store'],
    packages: ['better-sqlite3', 'node:process'],
    mend: 'Only the loader of the driver asks which Node this is.',
  },
  service: {
    folders: [
      'service',
      'domain',
      'input',
      'history',
      'protocol',
      'engine',
      'plan',
      'worklist',
      'export',
      'store',
    ],
    packages: [],
    mend: 'A use case joins the stages; clock, files and secrets are handed in.',
  },
  cli: {
    folders: ['cli', 'service', ...DOMAIN],
    packages: ['commander'],
    mend: 'The command line calls use cases: add one to src/service.',
  },
  http: {
    folders: ['http', 'service', 'export', ...DOMAIN],
    packages: ['zod'],
    mend: 'A handler calls use cases and writes pages: what it finds out belongs in src/service.',
  },
  'http/app.ts': {
    folders: ['http'],
    packages: ['hono'],
    mend: 'Only the app knows the router: a handler gets a call and gives an Answer.',
  },
  'http/listen.ts': {
    folders: ['http'],
    packages: ['@hono/node-server', 'node:'],
    mend: 'Only listen.ts opens a socket; what is answered is decided elsewhere.',
  },
  'http/log.ts': {
    folders: ['domain'],
    packages: ['pino'],
    mend: 'Only the log knows its library: hand over fixed fields.',
  },
  'http/metrics.ts': {
    folders: [],
    packages: ['prom-client'],
    mend: 'Only the figures know their library.',
  },
  'http/calendars/qr-code.ts': {
    folders: ['export'],
    packages: ['qr'],
    mend: 'Only the drawing of a QR code knows its library.',
  },
  host: {
    folders: ['host', 'service', 'store/sqlite', ...DOMAIN],
    packages: ['node:'],
    mend: 'The host hands the system over to use cases; it decides nothing.',
  },
  'host/start-service.ts': {
    folders: ['http', 'service', ...DOMAIN],
    packages: [],
    mend: 'It joins the store, the app and the socket, nothing more.',
  },
  'main.ts': {
    folders: ['cli', 'host', 'service', ...DOMAIN],
    packages: ['node:'],
    mend: 'The composition root joins the command line with the system, nothing more.',
  },
  'scheduler.ts': {
    folders: ['host', 'service', ...DOMAIN],
    packages: ['node:'],
    mend: 'The library’s second door opens a store and names the use cases, nothing more.',
  },
  'index.ts': {
    folders: ['domain', 'input', 'protocol', 'plan', 'worklist', 'export', 'service'],
    packages: [],
    mend: 'The public API names exports of the stages; logic belongs in them.',
  },
};

/** Folders of which another may use the types, and nothing that runs. */
const TYPES_ONLY: Readonly<Record<string, readonly string[]>> = { cli: ['plan'], http: ['plan'] };

interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
}

function importsOf(path: string, text: string): Import[] {
  const { module } = parseSync(path, text);
  const from = (span: { readonly value: string }) => span.value;
  return [
    ...module.staticImports.map((entry) => ({
      from: from(entry.moduleRequest),
      typeOnly: entry.entries.length > 0 && entry.entries.every((imported) => imported.isType),
    })),
    ...module.staticExports.flatMap((statement) =>
      statement.entries.flatMap((entry) =>
        entry.moduleRequest === null
          ? []
          : [{ from: from(entry.moduleRequest), typeOnly: entry.isType }],
      ),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) => ({
      from: text.slice(moduleRequest.start, moduleRequest.end).replace(/^['"`]|['"`]$/g, ''),
      typeOnly: false,
    })),
  ];
}

/** Folders inside a folder that have a rule of their own. */
const INNER_FOLDERS = ['store/sqlite'];

function placeOf(path: string): string {
  const inner = INNER_FOLDERS.find((folder) => path.startsWith(`${folder}/`));
  return inner ?? (path.includes('/') ? (path.split('/')[0] ?? path) : path);
}

/** The breaches of one file, each with the rule's name and how to mend it. `path` is relative to src. */
function breachesOf(path: string, text: string): string[] {
  const name = path in RULES ? path : placeOf(path);
  const rule = RULES[name];
  if (rule === undefined) return [`${path}: no rule for "${name}"; add the folder to the table`];
  const types = TYPES_ONLY[placeOf(path)] ?? [];
  return importsOf(path, text).flatMap(({ from, typeOnly }) => {
    if (!from.startsWith('.')) {
      const allowed = rule.packages.some(
        (known) => from === known || (known === 'node:' && from.startsWith(known)),
      );
      return allowed ? [] : [`${path}: rule "${name}" forbids the package ${from}. ${rule.mend}`];
    }
    const target = placeOf(posix.normalize(posix.join(posix.dirname(path), from)));
    const allowed = rule.folders.includes(target) || (typeOnly && types.includes(target));
    return allowed ? [] : [`${path}: rule "${name}" forbids ${from}. ${rule.mend}`];
  });
}

function sourceFiles(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => path.split(sep).join('/'));
}

describe('the import table', () => {
  test.each(sourceFiles())('%s keeps to its folder', (path) => {
    expect(breachesOf(path, readFileSync(join(SRC, path), 'utf8'))).toEqual([]);
  });

  test.each([
    ['engine/replay.ts', "import { DateTime } from 'luxon';", 'forbids the package luxon'],
    ['engine/replay.ts', "import { toIcs } from '../export/ics.ts';", 'forbids ../export/ics.ts'],
    ['domain/keys.ts', "import { readFileSync } from 'node:fs';", 'forbids the package node:fs'],
    ['export/ics.ts', "const x = await import('../engine/replay.ts');", 'forbids ../engine'],
    ['export/ics.ts', "export { replay } from '../engine/replay.ts';", 'forbids ../engine'],
    ['cli/run.ts', "import { explain } from '../plan/explain.ts';", 'forbids ../plan/explain.ts'],
    ['worklist/worklist.ts', "import rrule from 'rrule';", 'forbids the package rrule'],
    ['worklist/worklist.ts', "import { replay } from '../engine/replay.ts';", 'forbids ../engine'],
    ['store/store.ts', "import Database from 'better-sqlite3';", 'forbids the package better-sq'],
    ['store/store.ts', "import { openStore } from './sqlite/open-store.ts';", 'forbids ./sqlite'],
    [
      'service/due.ts',
      "import { openStore } from '../store/sqlite/x.ts';",
      'forbids ../store/sqlite',
    ],
    ['newcomer/file.ts', '', 'no rule for "newcomer"'],
  ])('a planted breach in %s is found: %s', (path, text, message) => {
    expect(breachesOf(path, text).join()).toContain(message);
  });

  test('the command line may use the types of the plan', () => {
    expect(breachesOf('cli/run.ts', "import type { Plan } from '../plan/plan.ts';")).toEqual([]);
  });
});

/** Files that read the clock, the environment or chance. */
const IMPURE = /\b(Date\.now|new Date\(\s*\)|Math\.random|process\.\w|performance\.now|crypto\.)/;

describe('purity', () => {
  test.each(
    sourceFiles().filter((path) => !['main.ts', 'index.ts', 'scheduler.ts'].includes(path)),
  )('%s asks neither clock nor chance nor environment', (path) => {
    expect(readFileSync(join(SRC, path), 'utf8')).not.toMatch(IMPURE);
  });
});

describe('the size of files', () => {
  test('half of them have fewer than 100 lines', () => {
    const lengths = sourceFiles()
      .map((path) => readFileSync(join(SRC, path), 'utf8').split('\n').length)
      .sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(100);
  });
});
