import { beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../../src/http/route.ts';
import { ROUTES } from '../../src/http/routes.ts';
import { showEpisode } from '../../src/service/episode/show-episode.ts';
import { ok } from '../cli/clinic-store.ts';
import { type Browser, type HttpClinic, httpClinic, ORIGIN } from './http-clinic.ts';
import { formsOf, type PageForm } from './page-forms.ts';
import { nameOf, partsOf, samplePath } from './route-samples.ts';

/** What is typed anywhere is text everywhere: in pages, in paths, in the log. */

const ODD_PARTS = [
  '..%2f..%2f..%2fetc%2fpasswd',
  '..%5c..%5cwindows',
  '%2e%2e%2f%2e%2e%2f',
  '..%252f..%252f',
  '%00',
  'x%00.ics',
  '%',
  '%zz',
  '%c0%ae%c0%ae%c0%af',
  '%ed%a0%80',
  '%F0%9F%92%A9',
  '%0d%0aSet-Cookie:%20a=b',
  '%E2%80%AE%E2%80%A8',
  '%3Cscript%3Ealert(1)%3C%2Fscript%3E',
  '"><script>alert(1)</script>',
  "'%20OR%20'1'='1",
  '__proto__',
  'constructor',
  'toString',
  '-1',
  '1e999',
  '99999999999999999999999',
  'A'.repeat(6000),
  '%41'.repeat(3000),
  '*',
  ':clinic',
  '%20',
  '.',
  '%2e',
];

const withParts = ROUTES.filter((route) => partsOf(route).length > 0);

function asked({ method, door }: Route, path: string, Cookie: string): Request {
  const type = door === 'api' ? 'application/json' : 'application/x-www-form-urlencoded';
  const headers = { Cookie, 'Sec-Fetch-Site': 'same-origin', 'Content-Type': type };
  const body = method === 'GET' ? null : door === 'api' ? '{}' : 'a=b';
  return new Request(`${ORIGIN}${path}`, { method, headers, body });
}

describe('odd parts of paths', () => {
  test.each(withParts.map((route) => ({ name: nameOf(route), route })))(
    '$name answers each with a refusal, never with a fault',
    async ({ route }) => {
      const clinic = await httpClinic({ sample: false });
      const Cookie = (await clinic.as('clinician', 'administrator')).cookie();
      for (const name of partsOf(route)) {
        const whole = samplePath(route, { [name]: 'ODD-PART' });
        for (const odd of ODD_PARTS) {
          const path = whole.replace('ODD-PART', odd);
          const answer = await clinic.fetch(asked(route, path, Cookie));
          expect([path.slice(0, 80), answer.status >= 500]).toEqual([path.slice(0, 80), false]);
          if (name === 'clinic') expect([404, 405]).toContain(answer.status);
          expect(answer.headers.get('Set-Cookie')).toBeNull();
          const isPage = answer.headers.get('Content-Type')?.startsWith('text/html');
          if (isPage) expect(await answer.text()).not.toContain('<script');
        }
      }
      expect(clinic.log.join('')).not.toMatch(/passwd|script|alert|"kind"/);
    },
  );
});

const CANARY = 'Jane Canary';
const HOSTILE = `"><script>alert('${CANARY}')</script><img src=x onerror=x>\u202e\u0000' -- =cmd|x`;

/** What must not stand in a page as it was typed. */
const RAW = ['<script', '<img src=x', '\u202e', '\u0000'];

const pages = ROUTES.filter(({ door, method }) => door === 'page' && method === 'GET');

async function visit(
  browser: Browser,
  path: string,
): Promise<{ readonly answer: Response; readonly page: string }> {
  const answer = await browser.get(path);
  return { answer, page: await answer.text() };
}

function expectHarmless(place: string, answer: Response, page: string): void {
  expect([place, answer.status >= 500]).toEqual([place, false]);
  const found = RAW.filter((text) => page.includes(text));
  expect([place, found]).toEqual([place, []]);
  const target = answer.headers.get('Location');
  if (target !== null) expect(new URL(target, ORIGIN).origin).toBe(ORIGIN);
}

function hostileFields({ fields, names }: PageForm, keep: readonly string[]) {
  const sent: Record<string, string> = Object.fromEntries(fields);
  for (const name of names) if (!keep.includes(name)) sent[name] = HOSTILE;
  return sent;
}

describe('hostile text in every field and query', () => {
  test.each(pages.map((route) => ({ name: nameOf(route), route })))(
    '$name and the forms on it',
    async ({ route }) => {
      const clinic: HttpClinic = await httpClinic();
      const browser = await clinic.as('clinician', 'administrator');
      const path = samplePath(route);
      const { answer, page } = await visit(browser, path);
      expectHarmless(path, answer, page);
      const forms = formsOf(page, path).filter(({ action }) => action !== '/sign-out');
      const names = new Set(forms.flatMap((form) => form.names));
      const queries = [[...names], ...['done', 'next', 'asOf', 'q', 'view'].map((name) => [name])];
      for (const query of queries) {
        const hostile = new URLSearchParams(
          Object.fromEntries(query.map((name) => [name, HOSTILE])),
        );
        const asked = `${path}?${hostile}`;
        const shown = await visit(browser, asked);
        expectHarmless(asked, shown.answer, shown.page);
      }
      for (const form of forms) {
        const hidden = ['expected', 'event', 'id', 'version'];
        for (const keep of [[], hidden, [...hidden, 'date', 'type', 'step', 'confirm']]) {
          const fields = hostileFields(form, keep);
          const query = new URLSearchParams(fields);
          const told =
            form.method === 'GET'
              ? await browser.get(`${form.action.split('?')[0]}?${query}`)
              : await browser.post(form.action, fields);
          expectHarmless(`${form.method} ${form.action}`, told, await told.text());
        }
      }
      const { metrics } = clinic.service;
      const figures = await metrics.text([]);
      expect(figures).not.toContain('Canary');
      expect(figures).not.toMatch(/EP-2|S-40/);
      expect(clinic.log.join('')).not.toMatch(/Canary|script|EP-2001|S-40/);
    },
  );
});

describe('the log', () => {
  let lines: readonly Readonly<Record<string, unknown>>[] = [];

  beforeAll(async () => {
    const clinic = await httpClinic();
    const nurse = await clinic.as('clinician');
    for (const route of ROUTES) {
      const path = `${samplePath(route)}?name=${CANARY}`;
      if (route.method === 'GET') await nurse.get(path, { 'User-Agent': CANARY, Referer: CANARY });
      else await nurse.post(path, { name: CANARY, note: CANARY, patientRef: 'S-40103' });
    }
    await nurse.get(`/c/NORTH/${CANARY}`);
    lines = clinic.log.map((line) => JSON.parse(line));
  });

  test('has one line for each request, with fixed fields', () => {
    expect(lines).toHaveLength(ROUTES.length + 1);
    const fields = [
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
    ];
    for (const line of lines) expect(Object.keys(line).sort()).toEqual(fields);
  });

  test('names routes by their pattern, never by the path that was asked for', () => {
    const known = new Set(['none', ...ROUTES.map(({ path }) => path)]);
    for (const { route } of lines) expect(known).toContain(route);
  });

  test('names the episode that was looked at by its number, and none that is not there or not to be seen', async () => {
    const clinic = await httpClinic();
    const nurse = await clinic.as('viewer');
    const { number } = ok(
      await showEpisode(clinic.access, { clinic: clinic.clinic, episode: 'EP-2001' }),
    );
    const paths = ['NORTH/episodes/EP-2001', 'NORTH/episodes/none', 'SOUTH/episodes/EP-2001'];
    clinic.log.length = 0;
    for (const path of paths) await nurse.get(`/c/${path}`);
    await clinic.visitor().get('/c/NORTH/episodes/EP-2001');
    const logged = clinic.log.map((line) => JSON.parse(line).episode);
    expect(logged).toEqual([number, null, null, null]);
    expect(number).toBeGreaterThan(0);
  });

  test('has no name, reference, address or episode id', () => {
    expect(JSON.stringify(lines)).not.toMatch(/Canary|S-40103|EP-2001|192\.0\.2\.1|tester/);
  });
});
