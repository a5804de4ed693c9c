import { type ChildProcess, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';

export const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** How a process ended; `code` is null when it was killed. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of this suite. */
export interface Started {
  readonly ended: Promise<Ended>;
  /** kill -9; nothing where it has ended. */
  readonly kill: () => void;
}

const running = new Set<ChildProcess>();

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a program; the suite kills it at the end, if it still runs. */
export function startProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Started {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  running.add(child);
  const text = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    text.stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    text.stderr += String(chunk);
  });
  const ended = new Promise<Ended>((settle, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      settle({ code, ...text });
    });
  });
  return { ended, kill: () => void child.kill('SIGKILL') };
}

/** Starts the real command. */
export function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return startProgram(process.execPath, [MAIN, ...args], env);
}

/** Runs the real command to its end. */
export async function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return start(args, env).ended;
}

/** Waits until a file is another one than it was, or a process has ended. */
export async function untilChanged(path: string, { ended }: Started): Promise<void> {
  let over = false;
  ended.then(() => {
    over = true;
  });
  const before = markOf(path);
  while (!over && markOf(path) === before) await pause(1);
}

function markOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 'none' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
}

export async function pause(milliseconds: number): Promise<void> {
  await new Promise((settle) => setTimeout(settle, milliseconds));
}

/** A fault is told in one sentence on standard error, without a stack. */
export function isOneSentence({ stderr }: Ended): boolean {
  return /^cryowatch: [^\n]+\n$/.test(stderr) && !/\bat .*:\d+:\d+|Error:/.test(stderr);
}
