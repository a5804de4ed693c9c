import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseFile, json, ndjson } from './memory-surroundings.ts';

/** True child processes: pipes, signals, files, memory. The words of the messages are tested in memory. */

const COMMAND = fileURLToPath(new URL('../../bin/cryowatch.js', import.meta.url));
const SIMPLE = ['plan', '--ablated', '2026-01-15', '--as-of', '2026-01-20'];

/** Root may read everything: its tests of permissions run as nobody, where nobody may run Node. */
const NOBODY = 65_534;
const asOther: RunOptions = process.getuid?.() === 0 ? { uid: NOBODY } : {};
const mayRunAsOther =
  spawnSync(process.execPath, [COMMAND, '--version'], { ...asOther, cwd: '/' }).status === 0;

let folder = '';
const inFolder = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cryowatch-'));
  chmodSync(folder, 0o755);
  writeFileSync(inFolder('case.json'), json(caseFile()));
  writeFileSync(inFolder('many.ndjson'), ndjson(...Array.from({ length: 4000 }, () => caseFile())));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: Buffer;
  readonly uid?: number;
}

function run(args: readonly string[], options: RunOptions = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    ...options,
  });
  return { code: status, stdout, stderr };
}

function shell(line: string) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CRYOWATCH: `${process.execPath} ${COMMAND}` },
  });
  return { code: status, stdout, stderr };
}

describe('a true process', () => {
  it('writes data on standard output and nothing on standard error', () => {
    const { code, stdout, stderr } = run([...SIMPLE, '--birads', '2']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout).category).toBe('2');
  });

  it('tells a mistake on standard error, without a stack trace', () => {
    const { code, stdout, stderr } = run(['plan', '--ablated', '2026-02-30']);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^cryowatch: --ablated: .*\n$/);
  });

  it.each(['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Asia/Kathmandu', '', 'No/Such'])(
    'writes the same bytes with TZ=%s',
    (TZ) => {
      const { code, stdout } = run([...SIMPLE, '--output', 'ics', '--id', 'EP-1'], {
        env: { ...process.env, TZ },
      });
      expect(code).toBe(0);
      expect(stdout).toBe(run([...SIMPLE, '--output', 'ics', '--id', 'EP-1']).stdout);
    },
  );

  it.each(['', 'No/Such'])('finds the run’s day with TZ=%j', (TZ) => {
    const { stdout } = run(['plan', '--ablated', '2026-01-15'], { env: { ...process.env, TZ } });
    expect(JSON.parse(stdout).asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});

describe('files that cannot be read', () => {
  it('a directory: exit 3', () => {
    const { code, stderr } = run(['plan', '--input', '.']);
    expect(stderr).toBe('cryowatch: .: this is a directory, not a file\n');
    expect(code).toBe(3);
  });

  it('a path through a file: exit 3', () => {
    const { code, stderr } = run(['plan', '--input', 'case.json/x']);
    expect(stderr).toBe('cryowatch: case.json/x: a part of the path is not a directory\n');
    expect(code).toBe(3);
  });

  it('none of this name: exit 5', () => {
    const { code, stderr } = run(['plan', '--input', 'nowhere.json']);
    expect(stderr).toBe('cryowatch: nowhere.json: there is no such file\n');
    expect(code).toBe(5);
  });

  it.skipIf(!mayRunAsOther)('no permission: exit 3', () => {
    writeFileSync(inFolder('secret.json'), json(caseFile()));
    chmodSync(inFolder('secret.json'), 0);
    const { code, stderr } = run(['plan', '--input', 'secret.json'], asOther);
    expect(stderr).toBe('cryowatch: secret.json: this user may not read or write it\n');
    expect(code).toBe(3);
  });

  it('a key file that is a directory: exit 3, and no word of making a store', () => {
    const { code, stderr } = run(['init', '--clinic', 'N', '--key-file', '.', '-d', 'k.db']);
    expect(stderr).toBe(
      'cryowatch: .: this is a directory, not a file (it should be the key of a store’s audit log: say where that is: --key-file)\n',
    );
    expect(code).toBe(3);
  });

  it.each([
    ['Latin-1', Buffer.from('{\n  "asOf": "\u00e9"\n}', 'latin1'), 2],
    ['random bytes', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe, 0x00]), 1],
  ])('%s: exit 3', (_what, bytes, line) => {
    writeFileSync(inFolder('bytes'), bytes);
    const { code, stderr } = run(['plan', '--input', 'bytes']);
    expect(stderr).toBe(
      `cryowatch: bytes, line ${line}: the text is not UTF-8 (allowed: UTF-8; save the file as UTF-8)\n`,
    );
    expect(code).toBe(3);
  });

  it.each([
    ['UTF-16', Buffer.from('\uFEFF{"asOf": "2026-01-01"}', 'utf16le'), 'text in UTF-16'],
    ['a workbook', Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0x0a, 0xff]), 'a spreadsheet or another'],
  ])('%s: says what it is; exit 3', (_what, bytes, kind) => {
    writeFileSync(inFolder('bytes'), bytes);
    const { code, stderr } = run(['plan', '--input', 'bytes']);
    expect(stderr).toContain(`cryowatch: bytes, line 1: this is ${kind}`);
    expect(stderr).toContain('save it as CSV UTF-8 where it was made');
    expect(code).toBe(3);
  });

  it('one line of many that is not UTF-8: the others are planned, exit 8', () => {
    const line = Buffer.from(ndjson(caseFile()));
    writeFileSync(inFolder('mixed.ndjson'), Buffer.concat([line, Buffer.from([0xe9, 0x0a]), line]));
    const { code, stdout, stderr } = run(['plan', '--input', 'mixed.ndjson']);
    expect(stderr).toContain('mixed.ndjson, line 2: the text is not UTF-8');
    expect(stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(code).toBe(8);
  });

  it('Windows line ends and a byte order mark change nothing', () => {
    const text = `\uFEFF${json(caseFile()).replaceAll('\n', '\r\n')}`;
    writeFileSync(inFolder('windows.json'), text);
    const lines = `\uFEFF${ndjson(caseFile(), caseFile()).replaceAll('\n', '\r\n')}`;
    writeFileSync(inFolder('windows.ndjson'), lines);
    const plan = run(['plan', '--input', 'case.json', '--output', 'ndjson']).stdout;
    expect(run(['plan', '--input', 'windows.json', '--output', 'ndjson']).stdout).toBe(plan);
    expect(run(['plan', '--input', 'windows.ndjson']).stdout).toBe(plan + plan);
  });

  it('characters that lie across two reads stay whole', () => {
    const reference = 'é漢'.repeat(60);
    const episode = { ...(caseFile().episode as object), patientRef: reference };
    const text = ndjson(...Array.from({ length: 2000 }, () => caseFile([], { episode })));
    const { code, stdout } = run(['plan', '--input', '-'], { input: Buffer.from(text) });
    expect(code).toBe(0);
    expect(stdout.split(`"patientRef":"${reference}"`)).toHaveLength(2001);
  });
});

describe('standard input', () => {
  it('is read as -', () => {
    const input = Buffer.from(ndjson(caseFile(), caseFile()));
    expect(run(['plan', '--input', '-'], { input }).stdout.trimEnd().split('\n')).toHaveLength(2);
  });

  it('is empty where it is closed or the null device: exit 3', () => {
    // A preloaded library (faketime) opens a file of its own, which then stands where standard input was.
    const preloaded = process.env.LD_PRELOAD !== undefined;
    for (const from of preloaded ? ['</dev/null'] : ['<&-', '</dev/null']) {
      const { code, stderr } = shell(`$CRYOWATCH plan --input - ${from}`);
      expect(stderr).toBe(
        'cryowatch: standard input: the text is empty (found nothing; allowed: JSON)\n',
      );
      expect(code).toBe(3);
    }
  });
});

describe('standard output', () => {
  it('may be closed early: no message', () => {
    const { stdout, stderr } = shell('$CRYOWATCH plan --input many.ndjson | head -1');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).episode.id).toBe('EP-1');
  });

  it('closed early is no fault', () => {
    const { stdout } = shell(
      '( $CRYOWATCH plan --input many.ndjson; echo "code $?" >&2 ) 2>&1 >/dev/null | head -1; ( $CRYOWATCH plan --input many.ndjson; echo "code $?" >code ) | head -1 >/dev/null; while [ ! -s code ]; do sleep 0.1; done; cat code',
    );
    expect(stdout).toBe('code 0\ncode 0\n');
  });

  it.skipIf(!existsSync('/dev/full'))('on a full disk: one message, exit 1', () => {
    const { code, stderr } = shell('$CRYOWATCH plan --input many.ndjson >/dev/full');
    expect(stderr).toBe('cryowatch: the disk is full\n');
    expect(code).toBe(1);
  });
});

describe('--out', () => {
  const partial = () => readdirSync(folder).filter((name) => name.includes('partial'));

  it('writes a file that only its owner may read', () => {
    expect(run([...SIMPLE, '--out', 'plan.json']).code).toBe(0);
    expect(statSync(inFolder('plan.json')).mode & 0o777).toBe(0o600);
    expect(partial()).toEqual([]);
  });

  it('replaces an older file whole, also behind a link', () => {
    writeFileSync(inFolder('old.json'), 'x'.repeat(1_000_000));
    symlinkSync('old.json', inFolder('link.json'));
    expect(run([...SIMPLE, '--out', 'link.json']).code).toBe(0);
    expect(JSON.parse(readFileSync(inFolder('old.json'), 'utf8')).schemaVersion).toBe(1);
  });

  it('into a folder that is not there: exit 5', () => {
    const { code, stderr } = run([...SIMPLE, '--out', 'nowhere/plan.json']);
    expect(stderr).toContain('nowhere/plan.json: the folder of the file does not exist');
    expect(code).toBe(5);
  });

  it('onto a directory: exit 1, and the directory is as it was', () => {
    mkdirSync(inFolder('directory'));
    const { code, stderr } = run([...SIMPLE, '--out', 'directory']);
    expect(stderr).toBe('cryowatch: directory: this is a directory, not a file\n');
    expect(code).toBe(1);
    expect(readdirSync(inFolder('directory'))).toEqual([]);
    expect(partial()).toEqual([]);
  });

  it.skipIf(!existsSync('/dev/full'))('a device is written to, never replaced', () => {
    expect(run([...SIMPLE, '--out', '/dev/null']).code).toBe(0);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
    const { code, stderr } = run([...SIMPLE, '--out', '/dev/full']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'cryowatch: /dev/full: the disk is full\n',
    });
  });

  it.skipIf(!mayRunAsOther)('into a folder without permission: exit 1', () => {
    mkdirSync(inFolder('locked'), { mode: 0o555 });
    const { code, stderr } = run([...SIMPLE, '--out', 'locked/plan.json'], asOther);
    expect(stderr).toContain('locked/plan.json: this user may not read or write it');
    expect(code).toBe(1);
  });

  it.skipIf(!mayMount())(
    'on a disk that gets full: exit 1, nothing left, the old file kept',
    () => {
      const { code, stdout, stderr } = shell(
        `mkdir -p small && unshare -rm sh -c '
        mount -t tmpfs -o size=64k none small && echo old >small/plans &&
        ${process.execPath} ${COMMAND} plan --input many.ndjson --out small/plans; code=$?;
        ls -A small; cat small/plans; exit $code'`,
      );
      expect(stderr).toBe('cryowatch: small/plans: the disk is full\n');
      expect(stdout).toBe('plans\nold\n');
      expect(code).toBe(1);
    },
  );

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s leaves no partial file and exits with %i', async (signal, code) => {
    // Standard input stays open, so the run is in its middle until the signal comes.
    const child = spawn(
      process.execPath,
      [COMMAND, 'plan', '--input', '-', '--output', 'ndjson', '--out', `stopped-${signal}`],
      { cwd: folder, stdio: ['pipe', 'inherit', 'inherit'] },
    );
    const ended = new Promise((settle) => child.on('exit', settle));
    child.stdin?.write(ndjson(...Array.from({ length: 50 }, () => caseFile())));
    while (!partial().some((name) => hasBytes(inFolder(name)))) await passingTime();
    child.kill(signal);
    expect(await ended).toBe(code);
    expect(readdirSync(folder).filter((name) => name.includes(`stopped-${signal}`))).toEqual([]);
  });
});

function hasBytes(path: string): boolean {
  return existsSync(path) && statSync(path).size > 0;
}

function passingTime(): Promise<void> {
  return new Promise((settle) => setTimeout(settle, 20));
}

function mayMount(): boolean {
  return spawnSync('unshare', ['-rm', 'true']).status === 0;
}

describe('a large file', () => {
  it('of 35 MB is planned in a heap that could not hold it', () => {
    const events = Array.from({ length: 30 }, (_, n) => ({
      id: `d${n}`,
      type: 'decline',
      date: '2026-04-20',
      visit: 'a1.baseline',
      reason: 'because '.repeat(124),
    }));
    const lines = ndjson(...Array.from({ length: 100 }, () => caseFile(events)));
    const file = openSync(inFolder('large.ndjson'), 'w');
    for (let n = 0; n < 11; n += 1) writeFileSync(file, lines);
    closeSync(file);
    expect(statSync(inFolder('large.ndjson')).size).toBeGreaterThan(30_000_000);
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--max-old-space-size=56', COMMAND, 'plan', '--input', 'large.ndjson', '--out', 'plans'],
      { cwd: folder, encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readFileSync(inFolder('plans'), 'utf8').match(/\n/g)).toHaveLength(1100);
  }, 120_000);
});

describe('a terminal', () => {
  const python = spawnSync('python3', ['-c', 'import pty']).status === 0;
  /** Runs a command on a pseudo-terminal and gives what it showed. */
  const onTerminal = (columns: number, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    execFileSync(
      'python3',
      [
        '-c',
        `
import fcntl, os, pty, struct, sys, termios
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('HHHH', 24, int(sys.argv[1]), 0, 0))
    os.execvp(sys.argv[2], sys.argv[2:])
shown = b''
while True:
    try:
        part = os.read(terminal, 65536)
    except OSError:
        break
    if not part:
        break
    shown += part
os.waitpid(pid, 0)
sys.stdout.buffer.write(shown)
`,
        String(columns),
        process.execPath,
        COMMAND,
        ...args,
      ],
      { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env } },
    ).replaceAll('\r\n', '\n');

  it.skipIf(!python)('of 40 columns gets a table that fits', () => {
    const shown = onTerminal(40, SIMPLE, { NO_COLOR: '1' });
    expect(shown).toContain('VISITS');
    for (const line of shown.split('\n')) expect(line.length).toBeLessThanOrEqual(40);
  });

  it.skipIf(!python)('gets colour, and none with NO_COLOR', () => {
    expect(onTerminal(100, SIMPLE, { NO_COLOR: '' })).toContain('\u001B[');
    expect(onTerminal(100, SIMPLE, { NO_COLOR: '1' })).not.toContain('\u001B');
  });

  it.skipIf(!python)('shows how far a long run is', () => {
    const args = ['plan', '--input', 'many.ndjson', '--output', 'ndjson', '--out', 'plans.ndjson'];
    const shown = onTerminal(80, args);
    expect(shown).toMatch(/\d+ cases, \d+ %/);
    expect(shown.endsWith('\r\u001B[K')).toBe(true);
  });
});

describe('an older Node', () => {
  const older = olderNode();

  it.skipIf(older === undefined)('starts the Node that the checkout brings', () => {
    const { status, stdout } = spawnSync(older ?? '', [COMMAND, ...SIMPLE], { encoding: 'utf8' });
    expect(status).toBe(0);
    expect(JSON.parse(stdout).schemaVersion).toBe(1);
  });

  it.skipIf(older === undefined)('passes on exit codes and standard input', () => {
    const { status, stderr } = spawnSync(older ?? '', [COMMAND, 'plan', '--input', '-'], {
      encoding: 'utf8',
      input: `x\n${ndjson(caseFile(), caseFile())}`,
    });
    expect(stderr).toContain('standard input');
    expect(status).toBe(8);
    const none = spawnSync(older ?? '', [COMMAND, 'plan', '--input', 'nowhere'], {});
    expect(none.status).toBe(5);
  });

  it.skipIf(older === undefined)('passes on signals', async () => {
    const child = spawn(
      older ?? '',
      [COMMAND, 'plan', '--input', '-', '--output', 'ndjson', '--out', 'old-node'],
      { cwd: folder, stdio: ['pipe', 'inherit', 'inherit'] },
    );
    const ended = new Promise((settle) => child.on('exit', settle));
    child.stdin?.write(ndjson(caseFile(), caseFile()));
    const mine = () => readdirSync(folder).filter((name) => name.startsWith('old-node'));
    while (!mine().some((name) => hasBytes(inFolder(name)))) await passingTime();
    child.kill('SIGTERM');
    expect(await ended).toBe(143);
    expect(mine()).toEqual([]);
  });
});

/** A Node before 24 on this machine, if there is one. */
function olderNode(): string | undefined {
  const folders = (process.env.PATH ?? '')
    .split(':')
    .filter((path) => !path.includes('node_modules'));
  return [...folders.map((path) => join(path, 'node')), '/usr/bin/node'].find((path) => {
    try {
      accessSync(path, constants.X_OK);
    } catch {
      return false;
    }
    const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout;
    return Number(/^v(\d+)/.exec(version)?.[1]) < 24;
  });
}
