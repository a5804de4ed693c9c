import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toIcs } from '../../src/export/ics.ts';
import { type ReadEvent, readEvents } from './read-calendar.ts';
import { type SampleName, samplePlan, testUid } from './sample-plans.ts';

interface Reader {
  readonly name: string;
  readonly command: string;
  readonly script: string;
  /** Exits with 0 where the reader is installed. */
  readonly probe: readonly string[];
}

const PYTHON = '/usr/bin/python3';
const READERS: readonly Reader[] = [
  {
    name: 'libical',
    command: PYTHON,
    script: 'read-libical.py',
    probe: ['-c', "import gi; gi.require_version('ICalGLib', '3.0')"],
  },
  {
    name: 'python-icalendar',
    command: PYTHON,
    script: 'read-python-icalendar.py',
    probe: ['-c', 'import icalendar'],
  },
  {
    name: 'khal',
    command: PYTHON,
    script: 'read-khal.py',
    probe: ['-c', "import subprocess; subprocess.run(['khal', '--version'], check=True)"],
  },
  {
    name: 'sabre/vobject',
    command: 'php',
    script: 'read-sabre-vobject.php',
    probe: [
      '-r',
      "exit(stream_resolve_include_path('Sabre/VObject/Reader.php') === false ? 1 : 0);",
    ],
  },
];

/** With `CRYOWATCH_READERS=required` a reader that is not installed fails; else its tests are skipped. */
const required = process.env.CRYOWATCH_READERS === 'required';
const SAMPLES: readonly SampleName[] = [
  'baseline-ahead',
  'booked-interval',
  'escalated',
  'overdue',
];

function run(command: string, ...args: readonly string[]) {
  return spawnSync(command, args, { encoding: 'utf8' });
}

function byUid(a: { readonly uid: string }, b: { readonly uid: string }): number {
  return a.uid < b.uid ? -1 : 1;
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cryowatch-readers-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(READERS)('$name', ({ name, command, script, probe }) => {
  const installed = run(command, ...probe).status === 0;

  it.runIf(required)('is installed', () => {
    expect(installed, `install the packages of tests/export/readers/packages.txt for ${name}`).toBe(
      true,
    );
  });

  it.runIf(installed).each(SAMPLES)('reads every field of %s as it was written', (sample) => {
    const text = toIcs([samplePlan(sample)], { uid: testUid, privacy: 'named' });
    const file = join(folder, `${sample}.ics`);
    writeFileSync(file, text);
    const path = fileURLToPath(new URL(`./readers/${script}`, import.meta.url));
    const done = run(command, path, file);
    expect(done.stderr).toBe('');
    const seen = (JSON.parse(done.stdout) as Partial<ReadEvent>[]).map(
      (event) => event as ReadEvent,
    );
    const fields = Object.keys(seen[0] ?? {}) as (keyof ReadEvent)[];
    expect(fields).toEqual(
      expect.arrayContaining(['uid', 'start', 'end', 'summary', 'description']),
    );
    const written = readEvents(text).map((event) =>
      Object.fromEntries(fields.map((field) => [field, event[field]])),
    ) as unknown as ReadEvent[];
    expect(seen.sort(byUid)).toEqual(written.sort(byUid));
  });
});
