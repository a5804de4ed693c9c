import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

function scriptPath(name: string): string {
  return fileURLToPath(new URL(`./children/${name}.ts`, import.meta.url));
}

/** A script of children/ in a process of its own, with what it has printed so far. */
export interface Child {
  readonly process: ChildProcess;
  readonly printed: () => string;
  readonly ended: Promise<number | null>;
}

export function startChild(name: string, ...args: readonly string[]): Child {
  const child = spawn(process.execPath, [scriptPath(name), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += String(chunk);
  });
  const ended = new Promise<number | null>((settle) => {
    child.on('close', (code) => settle(code));
  });
  return { process: child, printed: () => printed, ended };
}

/** Waits until a child has printed at least so many lines, or has ended. */
export async function untilLines(child: Child, lines: number): Promise<void> {
  let over = false;
  child.ended.then(() => {
    over = true;
  });
  while (!over && child.printed().split('\n').length <= lines) {
    await new Promise((settle) => setTimeout(settle, 5));
  }
}

/** Whether this machine lets a user mount a disk of their own. */
export function mayMount(): boolean {
  return spawnSync('unshare', ['-rm', 'true']).status === 0;
}

/** Runs a script of children/ where `setup`, a line of shell, has made the disk; gives its output. */
export function runMounted(setup: string, name: string, ...args: readonly string[]): string {
  const command = `${setup} && exec "$0" "$@"`;
  const run = spawnSync(
    'unshare',
    ['-rm', 'sh', '-c', command, process.execPath, scriptPath(name), ...args],
    { encoding: 'utf8', timeout: 25_000 },
  );
  return run.status === 0 ? run.stdout.trim() : `failed: ${run.stderr}`;
}
