import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ReadEvent } from '../read-calendar.ts';

/** A calendar program by whose eyes files are read. */
export interface Reader {
  readonly name: string;
  readonly command: string;
  readonly script: string;
  /** It keeps a calendar of its own, into which each file is imported; the others only parse. */
  readonly keeps?: boolean;
  /** Exits with 0 where the reader is installed. */
  readonly probe: readonly string[];
}

const PYTHON = '/usr/bin/python3';
export const READERS: readonly Reader[] = [
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
    keeps: true,
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
export const REQUIRED = process.env.CRYOWATCH_READERS === 'required';

function run(command: string, ...args: readonly string[]) {
  return spawnSync(command, args, { encoding: 'utf8' });
}

/** Whether a reader is installed. */
export function isInstalled({ command, probe }: Reader): boolean {
  return run(command, ...probe).status === 0;
}

/** The events that a reader finds; khal is given several files one after the other. */
export function readWith({ command, script }: Reader, ...files: readonly string[]) {
  const done = run(command, fileURLToPath(new URL(`./${script}`, import.meta.url)), ...files);
  if (done.stderr !== '') throw new Error(done.stderr);
  return (JSON.parse(done.stdout) as Partial<ReadEvent>[]).map((event) => event as ReadEvent);
}
