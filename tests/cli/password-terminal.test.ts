import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../store/temp-stores.ts';

/** `user add` and `user password` at a true terminal, which is one of `script` (util-linux). */

const COMMAND = fileURLToPath(new URL('../../bin/cryowatch.js', import.meta.url));
const SECRET = 'seven green bicycles';
const OTHER = 'eleven blue teapots!';

function folderWithStore(): string {
  const folder = tempFolder();
  const { status } = run(folder, ['init', '--clinic', 'NORTH', '--zone', 'Europe/Berlin']);
  expect(status).toBe(0);
  return folder;
}

function run(folder: string, args: readonly string[]) {
  const all = [COMMAND, ...args, '--database', join(folder, 'clinic.db')];
  return spawnSync(process.execPath, all, { cwd: folder, encoding: 'utf8', input: '' });
}

/** What a person does when a question is on the screen. */
type Reply = readonly [question: string, keys: string];

/** Runs a command at a terminal. `screen` is all that was to be seen on it. */
async function atTerminal(folder: string, args: readonly string[], replies: readonly Reply[]) {
  const words = [process.execPath, COMMAND, ...args, '--database', join(folder, 'clinic.db')];
  const line = words.map((word) => `'${word}'`).join(' ');
  const terminal = spawn('script', ['-qec', line, join(folder, 'typescript')], {
    cwd: folder,
    env: { ...process.env, SHELL: '/bin/sh', TERM: 'xterm' },
  });
  const waiting = [...replies];
  let screen = '';
  let unread = '';
  terminal.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
    unread += chunk.toString();
    const [next] = waiting;
    if (next === undefined || !unread.includes(next[0])) return;
    unread = '';
    waiting.shift();
    terminal.stdin.write(next[1]);
  });
  const code = await new Promise((settle) => terminal.on('close', settle));
  return { code, screen };
}

function accounts(folder: string): unknown[] {
  return JSON.parse(run(folder, ['user', 'list', '--output', 'json']).stdout);
}

const ADD = ['user', 'add', 'nurse-a', '--role', 'scheduler'];
const FIRST = 'New password: ';
const SECOND = 'The same again: ';

/** Of util-linux; other systems have another program of this name. */
const hasTerminal = spawnSync('script', ['--version'], { input: '' }).status === 0;

describe.skipIf(!hasTerminal)('a password at the terminal', () => {
  test('is asked for twice and not shown; keys that mend it are none of it', async () => {
    const folder = folderWithStore();
    const { code, screen } = await atTerminal(folder, ADD, [
      [FIRST, `${SECRET}xy\u007f\u007f\r`],
      [SECOND, `\u001b[D${OTHER}\u0015${SECRET}\r`],
    ]);
    expect(screen.replaceAll('\r\n', '\n')).toBe(
      `${FIRST}\n${SECOND}\nMade account nurse-a, nurse-a: scheduler in clinic NORTH.\n`,
    );
    expect(code).toBe(0);
    expect(accounts(folder)).toMatchObject([{ name: 'nurse-a', hasPassword: true }]);
    const changed = await atTerminal(
      folder,
      ['user', 'password', 'nurse-a'],
      [[FIRST, `${OTHER}\r${OTHER}\r`]],
    );
    expect(changed).toMatchObject({ code: 0 });
    expect(changed.screen).toContain('Changed the password of the account.');
    expect(changed.screen).not.toContain(OTHER);
  });

  test('is still asked for after Ctrl-Z, which would leave what is typed next to the shell', async () => {
    const folder = folderWithStore();
    const { code, screen } = await atTerminal(folder, ADD, [
      [FIRST, `seven\u001a${SECRET.slice(5)}\r`],
      [SECOND, `\u001a${SECRET}\r`],
    ]);
    expect(screen).not.toContain('bicycles');
    expect(code).toBe(0);
    expect(accounts(folder)).toMatchObject([{ name: 'nurse-a', hasPassword: true }]);
  });

  test.each([
    [
      'another one the second time',
      [
        [FIRST, `${SECRET}\r`],
        [SECOND, `${OTHER}\r`],
      ],
      3,
    ],
    ['the end of the input', [[FIRST, '\u0004']], 3],
    ['Ctrl-C at the first', [[FIRST, `${SECRET}\u0003`]], 130],
    [
      'Ctrl-C at the second',
      [
        [FIRST, `${SECRET}\r`],
        [SECOND, 'sev\u0003'],
      ],
      130,
    ],
  ] as const)('changes nothing after %s', async (_, replies, code) => {
    const folder = folderWithStore();
    const told = await atTerminal(folder, ADD, replies);
    expect(told.code).toBe(code);
    expect(told.screen).not.toContain('seven');
    expect(accounts(folder)).toEqual([]);
  });

  test('is not asked for where standard input is no terminal', () => {
    const folder = folderWithStore();
    const { status, stderr } = run(folder, ADD);
    expect(status).toBe(2);
    expect(stderr).toContain('a person needs a password');
    expect(stderr).not.toContain(FIRST);
  });
});
