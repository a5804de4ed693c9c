import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { storeHost } from '../../src/host/store-host.ts';
import { createClinic } from '../../src/service/clinic/create-clinic.ts';
import { createContext } from '../../src/service/open-context.ts';
import { ok } from '../cli/clinic-store.ts';
import { tempFolder } from '../store/temp-stores.ts';

/** `serve` as a true process on a true store: signals, ports, streams. */

const COMMAND = fileURLToPath(new URL('../../bin/cryowatch.js', import.meta.url));
const KEY = new Uint8Array(32).fill(7);

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

async function clinicFolder(): Promise<string> {
  const folder = tempFolder();
  const access = { database: join(folder, 'clinic.db'), key: KEY, actor: 'test' };
  writeFileSync(`${access.database}.key`, `${Buffer.from(KEY).toString('hex')}\n`);
  const context = await createContext(storeHost(Date.now), access);
  ok(await createClinic(context, { code: 'NORTH', zone: 'UTC' }));
  await context.store.close();
  return folder;
}

interface Running {
  readonly child: ChildProcess;
  readonly port: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<number | null>;
}

const ARGS = [COMMAND, 'serve', '--database', 'clinic.db', '--port', '0'];

/** Starts the service, and waits until it tells its address. */
async function running(folder: string, args: readonly string[] = []): Promise<Running> {
  const child = spawn(process.execPath, [...ARGS, ...args], { cwd: folder });
  children.push(child);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  const ended = new Promise<number | null>((settle) => child.on('exit', settle));
  const port = await new Promise<number>((settle, fail) => {
    child.stderr.on('data', (data) => {
      stderr += data;
      const [, found] = /listening on http:\/\/127\.0\.0\.1:(\d+)\n/.exec(stderr) ?? [];
      if (found !== undefined) settle(Number(found));
    });
    child.on('exit', () => fail(new Error(stderr)));
  });
  return { child, port, stdout: () => stdout, stderr: () => stderr, ended };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((settle) => setTimeout(settle, 10));
}

describe('serve', () => {
  test('prints where it listens, answers, and ends with 0 when it is told to', async () => {
    const { child, port, stdout, stderr, ended } = await running(await clinicFolder());
    const textOf = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
    expect(await textOf('/health')).toBe('ok\n');
    expect(await textOf('/ready')).toBe('ready\n');
    expect(await textOf('/sign-in')).toContain('<h1>Sign in</h1>');
    expect(await textOf('/api/v1/openapi.json')).toContain('"openapi":"3.1');
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(stderr()).toBe(`cryowatch: listening on http://127.0.0.1:${port}\ncryowatch: stopped\n`);
    const lines = stdout()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ msg }) => msg)).toEqual([
      'listening',
      'request',
      'request',
      'request',
      'request',
      'stopping',
      'stopped',
    ]);
    for (const line of lines) {
      if (line.msg !== 'request') continue;
      expect(Object.keys(line).sort()).toEqual([
        'account',
        'episode',
        'level',
        'method',
        'milliseconds',
        'msg',
        'requestId',
        'route',
        'status',
        'time',
      ]);
    }
  });

  test('lets a request that is at work end before it ends itself', async () => {
    const { child, port, stdout, ended } = await running(await clinicFolder());
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => {
      answer += data;
    });
    const closed = new Promise((settle) => socket.on('close', settle));
    const form = 'name=nobody&password=wrong';
    socket.write(
      `POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\nExpect: 100-continue\r\n\r\n`,
    );
    await until(() => answer.includes('100 Continue'));
    child.kill('SIGTERM');
    await until(() => stdout().includes('stopping'));
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow();
    socket.write(form);
    await closed;
    expect(answer).toContain('HTTP/1.1 422');
    expect(answer).toContain('the name and the password do not fit together');
    expect(await ended).toBe(0);
    expect(stdout()).toContain('"stopped"');
  });

  test('a second signal ends it at once, but not one that is the same Ctrl-C twice', async () => {
    for (const times of [2, Number.POSITIVE_INFINITY]) {
      const { child, port, stdout, ended } = await running(await clinicFolder());
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(
        `POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n`,
      );
      await new Promise((settle) => socket.once('data', settle));
      child.kill('SIGINT');
      await until(() => stdout().includes('stopping'));
      child.kill('SIGINT');
      const pressed = setInterval(() => times > 2 && child.kill('SIGINT'), 600);
      if (times === 2) socket.write('a=b&c');
      expect(await ended).toBe(times === 2 ? 0 : 130);
      clearInterval(pressed);
    }
  });

  test('a reader of the log that went away ends it without a word', async () => {
    const { child, port, stderr, ended } = await running(await clinicFolder());
    child.stdout?.destroy();
    const ask = () => fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
    await ask();
    await ask();
    expect(await ended).toBe(0);
    expect(stderr()).toBe(`cryowatch: listening on http://127.0.0.1:${port}\n`);
  });

  test('a sender that goes away, and what is no HTTP, are not told on the terminal', async () => {
    const { child, port, stderr, ended } = await running(await clinicFolder());
    for (const text of [
      'hello\r\n\r\n',
      `POST /sign-out HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\na`,
    ]) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      await new Promise<void>((settle) => socket.write(text, () => settle()));
      socket.destroy();
    }
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(stderr().split('\n')).toHaveLength(3);
  });
});

describe('serve that cannot start', () => {
  const serve = (folder: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...ARGS, ...args], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 20_000,
    });
    return { status, stdout, stderr };
  };

  test('a port that is taken: one sentence, exit 1', async () => {
    const folder = await clinicFolder();
    const other = createServer();
    await new Promise<void>((settle) => other.listen(0, '127.0.0.1', settle));
    const { port } = other.address() as AddressInfo;
    const told = serve(folder, '--port', String(port));
    other.close();
    expect(told).toEqual({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^cryowatch: another program listens on this port already[^\n]*\n(?: +[^\n]*\n)*$/,
      ),
    });
    expect(told.stderr).toContain(`127.0.0.1:${port}`);
  });

  test('no store: exit 5', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'clinic.db.key'), `${Buffer.from(KEY).toString('hex')}\n`);
    const { status, stderr } = serve(folder);
    expect(status).toBe(5);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('a store that is damaged: exit 7', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'clinic.db.key'), `${Buffer.from(KEY).toString('hex')}\n`);
    writeFileSync(join(folder, 'clinic.db'), 'this is no store'.repeat(100));
    expect(serve(folder).status).toBe(7);
  });

  test('an origin with a path, and a port that is none: exit 2', async () => {
    const folder = await clinicFolder();
    expect(serve(folder, '--origin', 'https://follow-up.clinic.example/x').status).toBe(2);
    expect(serve(folder, '--port', '65536').status).toBe(2);
    expect(serve(folder, '--port', 'http').status).toBe(2);
  });
});
