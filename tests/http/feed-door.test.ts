import { afterEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { newFeedDesk } from '../../src/http/feed/feed-desk.ts';
import { plainFeedFile } from '../../src/http/feed/feed-door.ts';
import { type Listener, listen } from '../../src/http/listen.ts';
import { StoreFault } from '../../src/store/store-fault.ts';
import { type HttpClinic, httpClinic, ORIGIN } from './http-clinic.ts';
import { subscribe } from './subscribed.ts';

const open: Listener[] = [];

afterEach(async () => {
  for (const listener of open.splice(0)) await listener.stop(100);
});

/** Headers that are added where an answer goes over a socket. */
const OF_SOCKET = ['connection', 'content-length', 'date', 'keep-alive'];
const OF_EACH = [...OF_SOCKET, 'x-request-id'];

async function told(answer: Response) {
  const headers = [...answer.headers].filter(([name]) => !OF_EACH.includes(name)).sort();
  return { status: answer.status, headers, body: await answer.text() };
}

interface Line {
  readonly msg: string;
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly account: number | null;
  readonly episode: number | null;
}

function lines(http: HttpClinic): Line[] {
  return http.log
    .splice(0)
    .map((line) => JSON.parse(line) as Line)
    .map(({ msg, route, method, status, account, episode }) => ({
      msg,
      route,
      method,
      status,
      account,
      episode,
    }));
}

async function served() {
  const http = await httpClinic();
  const { token } = await subscribe(http, { kind: 'clinic' });
  const listener = await listen(createApp(http.service), {
    host: '127.0.0.1',
    port: 0,
    behindProxy: false,
  });
  open.push(listener);
  lines(http);
  return { http, token, at: `http://127.0.0.1:${listener.port}` };
}

describe('the short way to a calendar answers, logs and counts as the route does', () => {
  test.each([
    ['a calendar', 'GET', {}, (token: string) => token],
    ['its head', 'HEAD', {}, (token: string) => token],
    ['a calendar that is unchanged', 'GET', { 'If-None-Match': '*' }, (token: string) => token],
    ['another tag', 'GET', { 'If-None-Match': '"a", W/"b"' }, (token: string) => token],
    ['a token that opens nothing', 'GET', {}, () => `${'0'.repeat(16)}.${'0'.repeat(32)}`],
    ['no token', 'GET', {}, () => 'x'],
    ['another method', 'POST', {}, (token: string) => token],
  ] as const)('%s', async (_, method, headers, tokenOf) => {
    const { http, token, at } = await served();
    const path = `/f/${tokenOf(token)}.ics`;
    const short = await told(await fetch(`${at}${path}`, { method, headers }));
    const shortLines = lines(http);
    const long = await told(await http.fetch(new Request(`${ORIGIN}${path}`, { method, headers })));
    expect(short).toEqual(long);
    expect(shortLines).toEqual(lines(http));
    expect(shortLines).toHaveLength(1);
  });

  test.each(['auditHead', 'findSubscription', 'pageCalendar'] as const)(
    'a store that fails at %s: 503, with a line of the fault',
    async (question) => {
      const { http, token, at } = await served();
      http.service.access.store[question] = async () => {
        throw new StoreFault('io', 'the file cannot be read');
      };
      const short = await told(await fetch(`${at}/f/${token}.ics`));
      expect(lines(http).map(({ msg }) => msg)).toEqual(['fault', 'request']);
      const long = await told(await http.fetch(new Request(`${ORIGIN}/f/${token}.ics`)));
      expect(short).toEqual(long);
      expect(short.status).toBe(503);
    },
  );

  test('who asks too often waits, whichever way', async () => {
    const { http, token, at } = await served();
    const statuses = new Set<number>();
    for (let asked = 0; asked < 30; asked += 1) {
      statuses.add((await fetch(`${at}/f/${token}.ics`)).status);
    }
    expect([...statuses]).toEqual([200]);
    const short = await told(await fetch(`${at}/f/${token}.ics`));
    expect(short).toMatchObject({
      status: 429,
      headers: expect.arrayContaining([['retry-after', '10']]),
    });
    const long = await told(await http.fetch(new Request(`${ORIGIN}/f/${token}.ics`)));
    expect(long).toEqual(short);
  });

  test('requests of one turn ask the store once, and none is told of an older state', async () => {
    const { http, token } = await served();
    Object.assign(http.service, { feeds: newFeedDesk(http.access.clock) });
    const { store } = http.service.access;
    const { auditHead } = store;
    let asked = 0;
    store.auditHead = () => {
      asked += 1;
      return auditHead.call(store);
    };
    const { feed } = createApp(http.service);
    const request = { file: `${token}.ics`, ifNoneMatch: null, source: '192.0.2.1' };
    const answers = await Promise.all([1, 2, 3].map(() => feed('GET', request)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(asked).toBe(1);
    await feed('GET', request);
    expect(asked).toBe(2);
  });
});

test.each([
  ['/f/a1.b2.ics', 'a1.b2.ics'],
  ['/f/.ics', null],
  ['/f/a%2f.ics', null],
  ['/f/a.ics?x', null],
  ['/f/a/b.ics', null],
  ['/f/a.ics/..', null],
  ['/F/a.ics', null],
  ['http://x/f/a.ics', null],
  ['//f/a.ics', null],
])('of the path %s the file is %s', (path, file) => {
  expect(plainFeedFile(path)).toBe(file);
});
