import { writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { connect as tlsConnect } from 'node:tls';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SESSION_COOKIE } from '../../../src/http/session-cookie.ts';
import { REQUIRED } from '../../export/readers/readers.ts';
import {
  ACCOUNT,
  headerOf,
  ORIGIN,
  type ProxiedClinic,
  proxiedClinic,
  type Reply,
} from './proxied-clinic.ts';
import { isInstalled, NAME, PROXIES } from './proxies.ts';

/** The examples of proxies of docs/service.md, as true processes over TLS in front of the true service. */

const CHROMIUM = process.env.CRYOWATCH_CHROMIUM ?? '/usr/bin/chromium';
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const OURS = { ...FORM, 'Sec-Fetch-Site': 'same-origin' };
const credentials = (name: string = ACCOUNT.name, password: string = ACCOUNT.password) =>
  new URLSearchParams({ name, password }).toString();

describe.each(PROXIES)('behind $name, configured as in its example', (proxy) => {
  const installed = isInstalled(proxy);

  it.runIf(REQUIRED)('it is installed', () => {
    expect(installed, `install ${proxy.package}`).toBe(true);
  });

  const skipped = installed ? '' : `: skipped, as ${proxy.package} is not installed`;
  describe.runIf(installed)(`over TLS${skipped}`, () => {
    let clinic: ProxiedClinic;
    beforeAll(async () => {
      clinic = await proxiedClinic(proxy);
    });
    afterAll(() => clinic?.close());

    const withKey = () => ({ Authorization: `Bearer ${clinic.apiKey}` });
    const feed = () => `/f/${clinic.token}.ics`;

    async function signIn(): Promise<string> {
      const body = credentials();
      const signed = await clinic.ask('/sign-in', { method: 'POST', headers: OURS, body });
      expect(signed.status).toBe(303);
      return headerOf(signed, 'Set-Cookie') ?? '';
    }

    it('somebody signs in: the cookie arrives as it was set, comes back and opens pages', async () => {
      const [pair = '', ...attributes] = (await signIn()).split('; ');
      expect(pair).toMatch(new RegExp(`^${SESSION_COOKIE}=.{20,}$`));
      expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure']);
      const worklist = await clinic.ask('/c/NORTH/worklist', { headers: { Cookie: pair } });
      expect(worklist.status).toBe(200);
      expect(worklist.body.toString()).toContain('EP-2');
      expect((await clinic.ask('/c/NORTH/worklist')).status).not.toBe(200);
    });

    it('a browser takes the cookie under the name of the service, and keeps it', async () => {
      const browser = await chromium.launch({
        executablePath: CHROMIUM,
        args: [
          '--no-sandbox',
          '--disable-dev-shm-usage',
          `--host-resolver-rules=MAP ${NAME}:443 127.0.0.1:${clinic.httpsPort}`,
        ],
      });
      try {
        const context = await browser.newContext({ baseURL: ORIGIN, ignoreHTTPSErrors: true });
        const page = await context.newPage();
        await page.goto('/');
        await page.getByLabel('Name').fill(ACCOUNT.name);
        await page.getByLabel('Password', { exact: false }).fill(ACCOUNT.password);
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.waitForURL(`${ORIGIN}/c/NORTH/worklist`);
        const [cookie] = await context.cookies();
        expect(cookie).toMatchObject({
          name: SESSION_COOKIE,
          domain: NAME,
          secure: true,
          httpOnly: true,
          sameSite: 'Strict',
        });
        await page.goto('/c/NORTH/calendars');
        expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Calendars');
      } finally {
        await browser.close();
      }
    });

    it.each([
      ['its own origin', { Origin: ORIGIN }, 422],
      ['a page of its own', { 'Sec-Fetch-Site': 'same-origin' }, 422],
      ['another site', { 'Sec-Fetch-Site': 'cross-site', Origin: ORIGIN }, 403],
      ['another origin', { Origin: 'https://elsewhere.example' }, 403],
      ['its own name without TLS', { Origin: `http://${NAME}` }, 403],
      ['nobody says where', {}, 403],
    ])('a form from %s: answered so', async (_, headers, status) => {
      const body = credentials('nobody', 'wrong');
      const asking = { method: 'POST', headers: { ...FORM, ...headers }, body };
      expect((await clinic.ask('/sign-in', asking)).status).toBe(status);
    });

    it('the throttle counts the address of the client, whatever the client says of itself', async () => {
      // The clock of the service stands still: none of its allowance comes back.
      const knock = async (from: string, said: number) => {
        const headers = { 'X-Forwarded-For': `203.0.113.${said % 250}`, 'X-Real-IP': '192.0.2.9' };
        return (await clinic.ask('/f/nothing.ics', { from, headers })).status;
      };
      const statuses: number[] = [];
      for (let count = 0; count < 301; count += 1) statuses.push(await knock('127.0.0.2', count));
      expect(statuses.indexOf(429)).toBe(300);
      expect(new Set(statuses.slice(0, 300))).toEqual(new Set([404]));
      expect(await knock('127.0.0.3', 0)).toBe(404);
    });

    it('an unchanged calendar is answered with 304, a changed tag with the calendar', async () => {
      const first = await clinic.ask(feed());
      expect(first.status).toBe(200);
      const tag = headerOf(first, 'ETag') ?? '';
      expect(tag).toMatch(/^"[\w+/=-]+"$/);
      const again = async (headers: Record<string, string>) => clinic.ask(feed(), { headers });
      const unchanged = await again({ 'If-None-Match': tag });
      expect([unchanged.status, unchanged.body.length]).toEqual([304, 0]);
      expect(headerOf(unchanged, 'ETag')).toBe(tag);
      expect((await again({ 'If-None-Match': '"other"' })).status).toBe(200);
      const compressed = await again({ 'Accept-Encoding': 'gzip, br, zstd' });
      expect(headerOf(compressed, 'ETag')).toBe(tag);
      const head = await clinic.ask(feed(), { method: 'HEAD' });
      expect([head.status, headerOf(head, 'ETag'), head.body.length]).toEqual([200, tag, 0]);
    });

    it.each(['/sign-in', '/c/NORTH/worklist', '/f/nothing.ics', 'the calendar', '/assets/no.css'])(
      'the headers of %s arrive unchanged, each once, and none is added that browsers obey',
      async (path) => {
        const asked = path === 'the calendar' ? feed() : path;
        const told = (reply: Reply) =>
          reply.headers.filter(([name]) => !OF_ONE_HOP.has(name)).sort(byText);
        const direct = told(await clinic.askDirectly(asked));
        expect(direct.map(([name]) => name)).toContain('strict-transport-security');
        expect(told(await clinic.ask(asked))).toEqual(direct);
      },
    );

    it('a path arrives as it was sent', async () => {
      const [pair = ''] = (await signIn()).split(';');
      const headers = { Cookie: pair };
      for (const path of [
        '/c/NORTH/episodes/EP%2F2001',
        '/c/NORTH//episodes',
        '/c/%4EORTH/worklist',
      ]) {
        const [direct, proxied] = [
          await clinic.askDirectly(path, { headers }),
          await clinic.ask(path, { headers }),
        ];
        expect(proxied.status, path).toBe(direct.status);
        expect(proxied.body.toString()).toBe(direct.body.toString());
      }
    });

    it.each([
      ['a form', '/sign-out', 'application/x-www-form-urlencoded', 64 * 1024 + 1],
      ['a document', '/api/v1/clinics/NORTH/episodes', 'application/json', 4 * 1024 * 1024 + 1],
    ])(
      '%s over the limit is refused, also when its length is not told',
      async (_, path, type, bytes) => {
        const headers = { ...withKey(), 'Sec-Fetch-Site': 'same-origin', 'Content-Type': type };
        const body = 'a'.repeat(bytes);
        for (const untold of [{}, { 'Transfer-Encoding': 'chunked' }]) {
          const asking = { method: 'POST', headers: { ...headers, ...untold }, body };
          expect((await clinic.ask(path, asking)).status).toBe(413);
        }
      },
    );

    it('a document that is just not too long arrives, and is written to no disk on its way', async () => {
      // Where it would be kept on its way, nothing can be written now.
      const place = proxy.bodies === null ? null : join(clinic.folder, proxy.bodies);
      if (place !== null) {
        await rename(place, `${place}.away`);
        writeFileSync(place, '');
      }
      const body = `"${'a'.repeat(4 * 1024 * 1024 - 2)}"`;
      const headers = { ...withKey(), 'Content-Type': 'application/json' };
      const path = '/api/v1/clinics/NORTH/episodes/EP-SECRET/events';
      const reply = await clinic.ask(path, { method: 'POST', headers, body });
      const direct = await clinic.askDirectly(path, { method: 'POST', headers, body });
      expect(reply.status).toBe(direct.status);
      expect(reply.status).not.toBe(413);
      expect(headerOf(reply, 'X-Request-Id')).toBeDefined();
    });

    it('a large calendar arrives whole, also at a client that reads late', async () => {
      const direct = await clinic.askDirectly(feed());
      expect(direct.body.length).toBeGreaterThan(200_000);
      const all = [0, 0, 700].map((readsAfter) => clinic.ask(feed(), { readsAfter }));
      for (const reply of await Promise.all(all)) {
        expect(reply.body.equals(direct.body)).toBe(true);
      }
    });

    it('without TLS a page leads to TLS, and a calendar is not answered at all', async () => {
      const page = await clinic.askPlain('/c/NORTH/worklist?bucket=overdue');
      expect(page.status).toBe(308);
      expect(headerOf(page, 'Location')).toBe(`${ORIGIN}/c/NORTH/worklist?bucket=overdue`);
      await expect(clinic.askPlain(feed())).rejects.toThrow(/socket hang up|ECONNRESET/);
    });

    it('clients that break off leave no token and no episode in what the proxy writes', async () => {
      await brokenTls(
        clinic,
        `GET ${feed()} HTTP/1.1\r\nHost: ${NAME}\r\nContent-Length: 9\r\n\r\n`,
      );
      await goneAway(clinic, `GET ${feed()} HTTP/1.1\r\nHost: ${NAME}\r\n\r\n`);
      const post = `POST /c/NORTH/episodes/EP-SECRET/record HTTP/1.1\r\nHost: ${NAME}\r\n`;
      await brokenTls(clinic, `${post}Content-Length: 99\r\n\r\nname=`);
      await clinic.ask(`${feed()}${'x'.repeat(40_000)}`).catch(() => undefined);
      expect((await clinic.ask('/health')).status).toBe(200);
    });

    it('stopping the service lets what is at work end; then the proxy says that it is away', async () => {
      const looked = clinic.nextPassword();
      const body = credentials();
      const signing = clinic.ask('/sign-in', { method: 'POST', headers: OURS, body });
      await looked;
      clinic.service.stop();
      expect((await signing).status).toBe(303);
      await clinic.service.stopped;
      expect((await clinic.ask(feed())).status).toBe(502);
      expect((await clinic.ask('/c/NORTH/episodes/EP-SECRET')).status).toBe(502);
    });

    it('stops when it is told to, and has written no path: no token, no episode', async () => {
      expect(await clinic.proxy.end()).toBe(0);
      const written = clinic.proxy.written();
      const selector = clinic.token.split('.')[0] ?? '';
      for (const secret of [selector, 'nothing.ics', 'EP-2', 'EP-SECRET', 'NORTH']) {
        expect(written).not.toContain(secret);
      }
      expect(clinic.log.join('')).not.toContain(selector);
    });
  });
});

/** Headers of the connection, of the moment, and of whoever passed the answer on. */
const OF_ONE_HOP: ReadonlySet<string> = new Set([
  'alt-svc',
  'connection',
  'date',
  'keep-alive',
  'server',
  'transfer-encoding',
  'x-request-id',
]);

function byText([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Sends the head of a request, and then what is no TLS. */
async function brokenTls({ httpsPort, certificate }: ProxiedClinic, head: string): Promise<void> {
  const wire = connect(httpsPort, '127.0.0.1');
  const socket = tlsConnect({ socket: wire, ca: certificate, servername: NAME });
  socket.on('error', () => undefined);
  wire.on('error', () => undefined);
  const closed = new Promise<void>((settle) => wire.once('close', () => settle()));
  await new Promise<void>((settle) => socket.once('secureConnect', () => settle()));
  await new Promise<void>((settle) => socket.write(head, () => settle()));
  // A record of data whose seal does not fit.
  wire.write(Buffer.concat([Buffer.from([0x17, 3, 3, 0, 64]), Buffer.alloc(64, 7)]));
  wire.resume();
  await closed;
}

/** Sends a request and is gone before the answer. */
async function goneAway({ httpsPort, certificate }: ProxiedClinic, head: string): Promise<void> {
  const socket = tlsConnect({
    host: '127.0.0.1',
    port: httpsPort,
    ca: certificate,
    servername: NAME,
  });
  socket.on('error', () => undefined);
  await new Promise<void>((settle) => socket.once('secureConnect', () => settle()));
  await new Promise<void>((settle) => socket.write(head, () => settle()));
  socket.destroy();
}
