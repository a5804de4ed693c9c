import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Day, formatDay } from '../../src/domain/civil-date.ts';

/** Runs commands before the eyes of a new user. */
export interface Stage {
  readonly database: string;
  /** The words that ask for the sample's day; none: today. */
  readonly asOf: readonly string[];
  say(...lines: readonly string[]): void;
  /** Shows a command and what it prints; ends the whole where it fails. */
  run(...args: readonly string[]): unknown;
  /** Shows a command, and how many lines it printed. */
  quietly(...args: readonly string[]): void;
}

const COMMAND = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** What a terminal shows, wherever it goes. */
const AS_ON_A_TERMINAL: Readonly<Record<string, readonly string[]>> = {
  due: ['--output', 'table'],
  'due --as-of': ['--output', 'table'],
  'episode import': ['--output', 'text'],
};

export function openStage(folder: string, asOf: Day | undefined): Stage {
  const database = join(folder, 'clinic.db');
  const env = { ...process.env, CRYOWATCH_DATABASE: database, CRYOWATCH_ACTOR: 'quickstart' };
  const call = (
    args: readonly string[],
    stdout: 'inherit' | 'pipe',
    hidden: readonly string[] = [],
  ): string => {
    const shown = args.map((arg) => (/[\s"]/.test(arg) ? `"${arg}"` : arg));
    console.log(`\n$ npx cryowatch ${shown.join(' ')}`);
    const { status, stdout: text } = spawnSync(process.execPath, [COMMAND, ...args, ...hidden], {
      env,
      stdio: ['ignore', stdout, 'inherit'],
      encoding: 'utf8',
    });
    if (status !== 0) process.exit(status ?? 1);
    return text ?? '';
  };
  return {
    database,
    asOf: asOf === undefined ? [] : ['--as-of', formatDay(asOf)],
    say: (...lines) => console.log(`\n${lines.join('\n')}`),
    run: (...args) => call(args, 'inherit', AS_ON_A_TERMINAL[args.slice(0, 2).join(' ')]),
    quietly: (...args) => {
      const lines = call(args, 'pipe').trimEnd().split('\n');
      console.log(`${lines[0]}\n… and ${lines.length - 1} more`);
    },
  };
}
