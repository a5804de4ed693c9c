import { describe, expect, test } from 'vitest';
import { ROUTES } from '../../src/http/routes.ts';
import { keyFor } from './api/api-machine.ts';
import { type HttpClinic, httpClinic, ORIGIN } from './http-clinic.ts';
import { CHANGING, hollow, nameOf, samplePath } from './route-samples.ts';

/** Where a change was asked for: promises.md, "Security". */

const routes = CHANGING.map((route) => ({ name: nameOf(route), route }));

/** What a page of another site, an old browser, or no browser at all sends. */
const FOREIGN: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'Sec-Fetch-Site': 'cross-site' },
  { 'Sec-Fetch-Site': 'same-site' },
  { 'Sec-Fetch-Site': 'none' },
  { 'Sec-Fetch-Site': '' },
  { 'Sec-Fetch-Site': 'same-origin, cross-site' },
  { 'Sec-Fetch-Site': 'cross-site', Origin: ORIGIN },
  { Origin: 'https://elsewhere.example' },
  { Origin: 'null' },
  { Origin: '' },
  { Origin: `${ORIGIN}:8080` },
  { Origin: ORIGIN.replace('http:', 'https:') },
  { Origin: `${ORIGIN}.elsewhere.example` },
  { Origin: `${ORIGIN}/` },
  { Referer: `${ORIGIN}/` },
  { 'X-Requested-With': 'XMLHttpRequest', 'X-Forwarded-Host': 'cryowatch.test' },
];

const BODIES = [
  { type: 'application/x-www-form-urlencoded', body: 'a=b' },
  { type: 'application/json', body: '{}' },
  { type: 'text/plain', body: '{"a":"="}' },
  { type: 'multipart/form-data; boundary=x', body: '--x--\r\n' },
];

async function reached(
  { fetch }: HttpClinic,
  route: (typeof routes)[number]['route'],
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<{ readonly status: number; readonly reached: boolean }> {
  const { method } = route;
  const answer = await fetch(
    new Request(`${ORIGIN}${samplePath(route)}`, { method, headers, body }),
  );
  return { status: answer.status, reached: answer.headers.has('X-Reached') };
}

describe('a change that another site asks for, with the cookie of somebody signed in', () => {
  test.each(routes)('$name', async ({ route }) => {
    const clinic = await httpClinic({ sample: false, routes: hollow(ROUTES) });
    const Cookie = (await clinic.as('clinician')).cookie();
    for (const where of FOREIGN) {
      for (const { type, body } of BODIES) {
        const headers = { ...where, Cookie, 'Content-Type': type };
        const told = await reached(clinic, route, headers, body);
        expect([where, type, told]).toEqual([where, type, { status: 403, reached: false }]);
      }
    }
  });
});

describe('a change that our own page asks for', () => {
  test.each(routes)('$name', async ({ route }) => {
    const clinic = await httpClinic({ sample: false, routes: hollow(ROUTES) });
    const Cookie = (await clinic.as('clinician', 'administrator')).cookie();
    const form = route.door === 'api' ? BODIES[1] : BODIES[0];
    for (const where of [{ 'Sec-Fetch-Site': 'same-origin' }, { Origin: ORIGIN }]) {
      const headers = { ...where, Cookie, 'Content-Type': form?.type ?? '' };
      expect(await reached(clinic, route, headers, form?.body ?? '')).toEqual({
        status: 200,
        reached: true,
      });
      for (const { type, body } of BODIES) {
        if (type === form?.type) continue;
        const other = await reached(clinic, route, { ...headers, 'Content-Type': type }, body);
        expect([type, other]).toEqual([type, { status: 415, reached: false }]);
      }
    }
  });
});

describe('a change with an Authorization header', () => {
  test.each(routes)('$name: the cookie beside it counts for nothing', async ({ route }) => {
    const clinic = await httpClinic({ sample: false, routes: hollow(ROUTES) });
    const Cookie = (await clinic.as('clinician', 'administrator')).cookie();
    const isApi = route.door === 'api';
    const { type = '', body = '' } = (isApi ? BODIES[1] : BODIES[0]) ?? {};
    for (const Authorization of ['Bearer x', 'Bearer', 'Basic eDp5', '', 'bearer  a.b c']) {
      const headers = { Cookie, Authorization, 'Content-Type': type };
      const told = await reached(clinic, route, headers, body);
      expect(told).toEqual({ status: isApi ? 401 : 403, reached: false });
    }
    const key = await keyFor(clinic);
    const headers = { Cookie, Authorization: `Bearer ${key}`, 'Content-Type': type };
    const told = await reached(clinic, route, headers, body);
    // The machine may not do all that whoever has the cookie may.
    const allowed = isApi && ['register', 'record', 'read'].includes(route.needs);
    expect(told.reached).toBe(allowed);
  });
});

describe('without an origin that the service was told', () => {
  test('its own is the one that it is asked at', async () => {
    const clinic = await httpClinic({ sample: false, routes: hollow(ROUTES) });
    const { service } = clinic;
    Object.assign(service.settings, { origin: undefined });
    const signOut = routes.find(({ name }) => name === 'POST /sign-out')?.route;
    if (signOut === undefined) throw new Error('there is no way out');
    const type = 'application/x-www-form-urlencoded';
    const own = { Origin: ORIGIN, 'Content-Type': type };
    expect((await reached(clinic, signOut, own, 'a=b')).reached).toBe(true);
    const other = { Origin: 'http://elsewhere.example', 'Content-Type': type };
    expect((await reached(clinic, signOut, other, 'a=b')).reached).toBe(false);
  });
});
