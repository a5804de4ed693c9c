import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { type Limits, type Listener, listen } from '../../src/http/listen.ts';
import type { Route } from '../../src/http/route.ts';
import { type HttpClinic, httpClinic } from './http-clinic.ts';

/** The true socket: what comes before any handler. */

const open: Listener[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const listener of open.splice(0)) await listener.stop(100);
});

interface Listened {
  readonly clinic: HttpClinic;
  readonly port: number;
  readonly listener: Listener;
}

async function listening(
  limits: Partial<Limits> = {},
  routes?: readonly Route[],
  behindProxy = false,
): Promise<Listened> {
  const clinic = await httpClinic({ sample: false });
  const app = createApp(clinic.service, routes);
  const listener = await listen(app, { host: '127.0.0.1', port: 0, behindProxy, limits });
  open.push(listener);
  return { clinic, port: listener.port, listener };
}

/** All that comes back for what is sent, until the other side closes. */
function talk(port: number, ...parts: readonly string[]): Promise<string> {
  return new Promise((settle) => {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => settle(text));
    socket.on('connect', () => {
      for (const part of parts) socket.write(part, 'latin1');
    });
  });
}

function statusesOf(text: string): readonly number[] {
  return [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
}

const HOST = 'Host: 127.0.0.1\r\n';
const CLOSE = 'Connection: close\r\n';

describe('requests that two readers could read in two ways', () => {
  const post = 'POST /sign-out HTTP/1.1\r\n';
  const smuggled = 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n';

  test.each([
    ['two lengths in one', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['chunked first', 'Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n'],
    ['two Content-Lengths', 'Content-Length: 0\r\nContent-Length: 40\r\n\r\n'],
    ['a list of lengths', 'Content-Length: 0, 40\r\n\r\n'],
    ['a negative length', 'Content-Length: -1\r\n\r\n'],
    ['a length with a sign', 'Content-Length: +5\r\n\r\nabcde'],
    ['a length in hexadecimal', 'Content-Length: 0x5\r\n\r\nabcde'],
    ['another encoding at the end', 'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n'],
    ['an encoding that is none', 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
    ['a space before the colon', 'Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n'],
    ['a folded line', 'X: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc'],
    ['a bare line feed', 'X: a\nContent-Length: 3\r\n\r\nabc'],
    ['a NUL in a header', 'X: a\0b\r\nContent-Length: 0\r\n\r\n'],
    ['a chunk without its size', 'Transfer-Encoding: chunked\r\n\r\nxyz\r\n0\r\n\r\n'],
    ['a chunk of a negative size', 'Transfer-Encoding: chunked\r\n\r\n-1\r\nab\r\n0\r\n\r\n'],
  ])('%s', async (_, rest) => {
    const { port } = await listening();
    const text = await talk(port, `${post}${HOST}${rest}${smuggled}`);
    // Nothing behind it is taken for another request.
    expect(statusesOf(text)).toEqual([400]);
    expect(text).not.toContain('cryowatch_http');
  });
});

describe('request lines and hosts', () => {
  test.each([
    ['no host', 'GET /health HTTP/1.1\r\n\r\n'],
    ['a host with a path', 'GET /health HTTP/1.1\r\nHost: a/b\r\nConnection: close\r\n\r\n'],
    ['a host with a user', 'GET /health HTTP/1.1\r\nHost: a@b\r\nConnection: close\r\n\r\n'],
    ['no path', `OPTIONS * HTTP/1.1\r\n${HOST}${CLOSE}\r\n`],
    ['a backslash', `GET /c\\NORTH HTTP/1.1\r\n${HOST}${CLOSE}\r\n`],
    ['a method that is none', `FOO /health HTTP/1.1\r\n${HOST}\r\n`],
    ['a version that is none', `GET /health HTTP/9.9\r\n${HOST}\r\n`],
    ['no HTTP', 'hello\r\n\r\n'],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'],
  ])('%s: 400', async (_, request) => {
    const { port } = await listening();
    expect(statusesOf(await talk(port, request))).toEqual([400]);
  });

  test('TRACE echoes nothing, and CONNECT opens nothing', async () => {
    const { port } = await listening();
    const traced = await talk(port, `TRACE /health HTTP/1.1\r\n${HOST}X: echo-me\r\n${CLOSE}\r\n`);
    expect(traced).not.toContain('echo-me');
    expect(statusesOf(traced)).not.toContain(200);
    const opened = await talk(port, `CONNECT elsewhere.example:443 HTTP/1.1\r\n${HOST}\r\n`);
    expect(statusesOf(opened)).not.toContain(200);
  });

  test('an Upgrade is not taken up', async () => {
    const { port } = await listening();
    const text = await talk(
      port,
      `GET /health HTTP/1.1\r\n${HOST}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      `GET /health HTTP/1.1\r\n${HOST}${CLOSE}\r\n`,
    );
    expect(statusesOf(text)).not.toContain(101);
  });

  test('requests one behind another are answered in their order', async () => {
    const { port } = await listening();
    const one = `GET /health HTTP/1.1\r\n${HOST}\r\n`;
    const last = `GET /nowhere HTTP/1.1\r\n${HOST}${CLOSE}\r\n`;
    expect(statusesOf(await talk(port, `${one}${one}${last}`))).toEqual([200, 200, 404]);
  });

  test('a path with dots stays inside', async () => {
    const { port } = await listening();
    for (const path of ['/../../etc/passwd', '/assets/../../etc/passwd', '/assets/%2e%2e/x']) {
      const text = await talk(port, `GET ${path} HTTP/1.1\r\n${HOST}${CLOSE}\r\n`);
      expect(statusesOf(text)).toEqual([404]);
    }
  });
});

describe('large requests', () => {
  test('headers of more than 16 kB: 431', async () => {
    const { port } = await listening();
    const large = `X: ${'a'.repeat(17 * 1024)}\r\n`;
    const text = await talk(port, `GET /health HTTP/1.1\r\n${HOST}${large}\r\n`);
    expect(statusesOf(text)).toEqual([431]);
    const many = 'X: a\r\n'.repeat(5000);
    expect(statusesOf(await talk(port, `GET /health HTTP/1.1\r\n${HOST}${many}\r\n`))).toEqual([
      431,
    ]);
  });

  test('many small headers do no harm', async () => {
    const { port } = await listening();
    const many = Array.from({ length: 1500 }, (_, index) => `X${index}: a\r\n`).join('');
    const text = await talk(port, `GET /health HTTP/1.1\r\n${HOST}${CLOSE}${many}\r\n`);
    expect([200, 431]).toContain(statusesOf(text)[0]);
  });

  test('a path of more than 16 kB: 431', async () => {
    const { port } = await listening();
    const text = await talk(port, `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n${HOST}\r\n`);
    expect(statusesOf(text)).toEqual([431]);
  });

  test('a form that is announced too long is refused before it comes', async () => {
    const { port } = await listening();
    const head = `POST /sign-out HTTP/1.1\r\n${HOST}Origin: http://cryowatch.test\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999999\r\n${CLOSE}\r\n`;
    expect(statusesOf(await talk(port, head))).toEqual([413]);
  });

  test('a form that grows too long on the way is refused in the middle', async () => {
    const { port } = await listening();
    const head = `POST /sign-out HTTP/1.1\r\n${HOST}Origin: http://cryowatch.test\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n${CLOSE}\r\n`;
    const chunk = `4000\r\n${'a'.repeat(0x4000)}\r\n`;
    expect(statusesOf(await talk(port, head, ...Array(8).fill(chunk)))).toEqual([413]);
  });
});

describe('slow clients', () => {
  const quick = { requestMs: 300, headersMs: 200, checkEveryMs: 50, keepAliveMs: 100 };

  test('a head that never ends is given up', async () => {
    const { port, clinic } = await listening(quick);
    expect(statusesOf(await talk(port, `GET /health HTTP/1.1\r\n${HOST}X: a`))).toEqual([408]);
    expect(clinic.log).toEqual([]);
  });

  test('a connection on which nothing comes is given up', async () => {
    const { port } = await listening(quick);
    expect(statusesOf(await talk(port))).toEqual([408]);
  });

  test('a body that never ends is given up, and is no fault of the service', async () => {
    const { port, clinic } = await listening(quick);
    const head = `POST /sign-out HTTP/1.1\r\n${HOST}Origin: http://cryowatch.test\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\n`;
    expect(statusesOf(await talk(port, head, 'a=b'))).toEqual([408]);
    expect(clinic.log.filter((line) => line.includes('"fault"'))).toEqual([]);
  });

  test('a sender that goes away in the middle is no fault of the service', async () => {
    const { port, clinic } = await listening();
    const written: unknown[] = [];
    const { error, info } = console;
    console.error = console.info = (...words: unknown[]) => written.push(words);
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `POST /sign-out HTTP/1.1\r\n${HOST}Origin: http://cryowatch.test\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\na=b`,
    );
    await new Promise((settle) => setTimeout(settle, 50));
    socket.destroy();
    while (clinic.log.length === 0) await new Promise((settle) => setTimeout(settle, 10));
    console.error = error;
    console.info = info;
    expect(written).toEqual([]);
    expect(clinic.log.map((line) => JSON.parse(line))).toMatchObject([
      { msg: 'request', route: '/sign-out', status: 400 },
    ]);
  });

  test('a connection that is kept open without requests is closed', async () => {
    const { port } = await listening(quick);
    expect(statusesOf(await talk(port, `GET /health HTTP/1.1\r\n${HOST}\r\n`))).toEqual([200]);
  });

  test('a client that does not read its answer is let go', async () => {
    let begun: () => void = () => undefined;
    const atWork = new Promise<void>((settle) => {
      begun = settle;
    });
    // More than the system takes without somebody who reads it.
    const body = new Uint8Array(64 * 1024 * 1024);
    const large: Route = {
      method: 'GET',
      path: '/large',
      door: 'bare',
      needs: 'nothing',
      handle: async () => {
        begun();
        return { status: 200, headers: {}, body };
      },
    };
    const { port, listener } = await listening({ stillMs: 200 }, [large]);
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.pause();
    socket.write(`GET /large HTTP/1.1\r\n${HOST}\r\n`);
    await atWork;
    // It would wait for the connection for longer than a test may take.
    await listener.stop(600_000);
  });

  test('others are answered while many are slow', async () => {
    const { port } = await listening();
    for (let index = 0; index < 200; index += 1) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(`GET /health HTTP/1.1\r\n${HOST}X: `);
      sockets.push(socket);
    }
    const text = await talk(port, `GET /health HTTP/1.1\r\n${HOST}${CLOSE}\r\n`);
    expect(statusesOf(text)).toEqual([200]);
  });

  test('no more connections are held than are allowed', async () => {
    const { port } = await listening({ connections: 3 });
    for (let index = 0; index < 3; index += 1) {
      const socket = connect(port, '127.0.0.1');
      sockets.push(socket);
      await new Promise<void>((settle) => socket.once('connect', settle));
    }
    // It is closed without an answer.
    expect(await talk(port, `GET /health HTTP/1.1\r\n${HOST}${CLOSE}\r\n`)).toBe('');
  });
});

describe('behind a proxy', () => {
  const sources: string[] = [];
  const tell: Route = {
    method: 'GET',
    path: '/source',
    door: 'bare',
    needs: 'nothing',
    handle: async ({ source }) => {
      sources.push(source);
      return { status: 204, headers: {}, body: null };
    },
  };

  test.each([
    [false, 'X-Forwarded-For: 203.0.113.9\r\n', '127.0.0.1'],
    [true, 'X-Forwarded-For: 203.0.113.9\r\n', '203.0.113.9'],
    [true, 'X-Forwarded-For: 198.51.100.1, 203.0.113.9\r\n', '203.0.113.9'],
    [true, 'X-Forwarded-For: 198.51.100.1\r\nX-Forwarded-For: 203.0.113.9\r\n', '203.0.113.9'],
    [true, 'X-Forwarded-For: 2001:db8:1:2::9\r\n', '2001:db8:1:2::/64'],
    [true, '', '127.0.0.1'],
  ])('trusted %s: %j comes from %s', async (behindProxy, header, source) => {
    const { port } = await listening({}, [tell], behindProxy);
    await talk(port, `GET /source HTTP/1.1\r\n${HOST}${header}${CLOSE}\r\n`);
    expect(sources.splice(0)).toEqual([source]);
  });
});

describe('stopping', () => {
  test('lets the request at work end, and takes no more', async () => {
    let go: () => void = () => undefined;
    const waiting = new Promise<void>((settle) => {
      go = settle;
    });
    let begun: () => void = () => undefined;
    const atWork = new Promise<void>((settle) => {
      begun = settle;
    });
    const slow: Route = {
      method: 'GET',
      path: '/slow',
      door: 'bare',
      needs: 'nothing',
      handle: async () => {
        begun();
        await waiting;
        return { status: 200, headers: {}, body: 'done' };
      },
    };
    const { port, listener } = await listening({}, [slow]);
    const answer = talk(port, `GET /slow HTTP/1.1\r\n${HOST}\r\n`);
    await atWork;
    const stopped = listener.stop(5000);
    await new Promise<void>((settle) => {
      connect(port, '127.0.0.1').once('error', () => settle());
    });
    go();
    expect(await answer).toContain('done');
    await stopped;
  });
});
