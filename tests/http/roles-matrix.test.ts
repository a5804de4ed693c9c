import { describe, expect, test } from 'vitest';
import type { Role } from '../../src/domain/role.ts';
import type { Route } from '../../src/http/route.ts';
import { ROUTES } from '../../src/http/routes.ts';
import { revokeApiKey } from '../../src/service/access/api-keys.ts';
import { ok } from '../cli/clinic-store.ts';
import { keyFor } from './api/api-machine.ts';
import { type HttpClinic, httpClinic, ORIGIN } from './http-clinic.ts';
import { hollow, nameOf, partsOf, samplePath } from './route-samples.ts';

/**
 * Who may ask what, written down a second time: a route that is new, or whose permission is changed,
 * fails here until somebody has thought about it.
 */
const NEEDS: Readonly<Record<string, Route['needs']>> = {
  'GET /': 'account',
  'GET /sign-in': 'nothing',
  'POST /sign-in': 'nothing',
  'POST /sign-out': 'nothing',
  'GET /password': 'account',
  'POST /password': 'account',
  'GET /assets/style.css': 'nothing',
  'GET /robots.txt': 'nothing',
  'GET /health': 'nothing',
  'GET /ready': 'nothing',
  'GET /metrics': 'account',
  'GET /f/:token{.+\\.ics}': 'nothing',
  'GET /c/:clinic/worklist': 'read',
  'POST /c/:clinic/worklist/views': 'read',
  'POST /c/:clinic/worklist/views/remove': 'read',
  'GET /c/:clinic/calendars': 'subscribe',
  'POST /c/:clinic/calendars': 'subscribe',
  'POST /c/:clinic/calendars/responsible': 'register',
  'GET /c/:clinic/calendars/:selector/rotate': 'subscribe',
  'POST /c/:clinic/calendars/:selector/rotate': 'subscribe',
  'GET /c/:clinic/calendars/:selector/revoke': 'subscribe',
  'POST /c/:clinic/calendars/:selector/revoke': 'subscribe',
  'GET /c/:clinic/register': 'register',
  'POST /c/:clinic/register': 'register',
  'GET /c/:clinic/episodes/:episode/facts': 'register',
  'POST /c/:clinic/episodes/:episode/facts': 'register',
  'GET /c/:clinic/episodes': 'read',
  'GET /c/:clinic/episodes/:episode': 'read',
  'GET /c/:clinic/episodes/:episode/what-if': 'read',
  'GET /c/:clinic/episodes/:episode/plan/:format': 'read',
  'GET /c/:clinic/episodes/:episode/record/:type': 'record',
  'POST /c/:clinic/episodes/:episode/record/:type': 'record',
  'GET /c/:clinic/episodes/:episode/letters': 'read',
  'POST /c/:clinic/episodes/:episode/letters': 'record',
  'GET /c/:clinic/episodes/:episode/letters/:letter': 'read',
  'GET /c/:clinic/system': 'read',
  'POST /c/:clinic/system/audit': 'administer',
  'GET /c/:clinic/protocols': 'read',
  'GET /c/:clinic/protocols/compare': 'read',
  'GET /c/:clinic/protocols/:protocol/:version': 'read',
  'POST /c/:clinic/protocols/:protocol/:version/approve': 'approve',
  'POST /c/:clinic/protocols/:protocol/:version/adopt': 'approve',
  'GET /api/v1/openapi.json': 'nothing',
  'GET /api/v1/clinics': 'account',
  'GET /api/v1/clinics/:clinic/protocols': 'read',
  'GET /api/v1/clinics/:clinic/status': 'read',
  'GET /api/v1/clinics/:clinic/due': 'read',
  'GET /api/v1/clinics/:clinic/episodes': 'read',
  'POST /api/v1/clinics/:clinic/episodes': 'register',
  'GET /api/v1/clinics/:clinic/episodes/:episode': 'read',
  'PUT /api/v1/clinics/:clinic/episodes/:episode': 'register',
  'GET /api/v1/clinics/:clinic/episodes/:episode/plan': 'read',
  'POST /api/v1/clinics/:clinic/episodes/:episode/events': 'record',
  'POST /api/v1/clinics/:clinic/episodes/:episode/what-if': 'read',
};

/** What each role may do in its clinic, a second time too. */
const MAY: Readonly<Record<Role, readonly Route['needs'][]>> = {
  viewer: ['read'],
  scheduler: ['read', 'record', 'register', 'subscribe'],
  clinician: ['read', 'record', 'decide', 'register', 'approve', 'subscribe'],
  administrator: ['read', 'subscribe', 'administer'],
  service: ['read', 'record', 'register'],
};
const ROLES = Object.keys(MAY) as readonly Role[];
const PEOPLE = ROLES.filter((role) => role !== 'service');

const routes = ROUTES.map((route) => ({ route, name: nameOf(route) }));
const inClinic = routes.filter(({ route }) => partsOf(route).includes('clinic'));

/** The service with handlers that do nothing: what is asked is whether one is reached. */
function gate(): Promise<HttpClinic> {
  return httpClinic({ sample: false, routes: hollow(ROUTES) });
}

interface Asking {
  readonly cookieOf?: readonly Role[] | undefined;
  readonly key?: string | undefined;
  readonly clinic?: string | undefined;
}

async function ask(
  { fetch, as }: HttpClinic,
  route: Route,
  { cookieOf, key, clinic = 'NORTH' }: Asking,
): Promise<Response> {
  const path = samplePath(route, { clinic });
  const type = route.door === 'api' ? 'application/json' : 'application/x-www-form-urlencoded';
  const headers: Record<string, string> = {
    ...(route.method !== 'GET' && { 'Content-Type': type, 'Sec-Fetch-Site': 'same-origin' }),
    ...(key !== undefined && { Authorization: `Bearer ${key}` }),
  };
  if (cookieOf !== undefined && route.method === 'GET') return (await as(...cookieOf)).get(path);
  const body = route.method === 'GET' ? null : route.door === 'api' ? '{}' : 'a=b';
  const request = new Request(`${ORIGIN}${path}`, { method: route.method, headers, body });
  if (cookieOf !== undefined) request.headers.set('Cookie', await cookieFor(as, cookieOf));
  return fetch(request);
}

/** The cookie of a browser in which somebody with these roles is signed in. */
async function cookieFor(as: HttpClinic['as'], roles: readonly Role[]): Promise<string> {
  const browser = await as(...roles);
  return browser.cookie();
}

/** What was answered, in one word. */
function outcomeOf(answer: Response, route: Route): string {
  const reached = answer.headers.get('X-Reached');
  if (reached !== null) return reached === nameOf(route) ? 'reached' : `shadowed by ${reached}`;
  const place = answer.headers.get('Location') ?? '';
  if (answer.status === 401 || place.startsWith('/sign-in')) return 'sign in first';
  if (answer.status === 403) return 'forbidden';
  return answer.status === 404 ? 'not found' : `status ${answer.status}`;
}

function expectedOf(needs: Route['needs'], role: Role): string {
  if (needs === 'nothing' || needs === 'account') return 'reached';
  return MAY[role].includes(needs) ? 'reached' : 'forbidden';
}

describe('the table of routes', () => {
  test('is the one that is written down here, with the same permissions', () => {
    const told = Object.fromEntries(routes.map(({ name, route }) => [name, route.needs]));
    expect(told).toEqual(NEEDS);
  });

  test('names no route twice', () => {
    expect(new Set(routes.map(({ name }) => name)).size).toBe(routes.length);
  });

  test('what belongs to a clinic needs a permission in it', () => {
    for (const { name, route } of routes) {
      const ofClinic = /^\/(?:c|api\/v1\/clinics)\/./.test(route.path);
      expect([name, partsOf(route).includes('clinic')]).toEqual([name, ofClinic]);
      if (ofClinic) expect(['nothing', 'account']).not.toContain(NEEDS[name]);
    }
  });
});

describe('nobody', () => {
  test.each(routes)('$name', async ({ name, route }) => {
    const expected = NEEDS[name] === 'nothing' ? 'reached' : 'sign in first';
    expect(outcomeOf(await ask(await gate(), route, {}), route)).toBe(expected);
  });
});

describe.each(PEOPLE)('a %s who is signed in', (role) => {
  test.each(routes)('$name', async ({ name, route }) => {
    const answer = await ask(await gate(), route, { cookieOf: [role] });
    expect(outcomeOf(answer, route)).toBe(expectedOf(NEEDS[name] ?? 'nothing', role));
  });
});

describe.each(PEOPLE)('a %s of another clinic', (role) => {
  test.each(inClinic)('$name', async ({ route }) => {
    const answer = await ask(await gate(), route, { cookieOf: [role], clinic: 'SOUTH' });
    expect(outcomeOf(answer, route)).toBe('not found');
  });
});

describe('somebody without any role', () => {
  test.each(inClinic)('$name', async ({ route }) => {
    expect(outcomeOf(await ask(await gate(), route, { cookieOf: [] }), route)).toBe('not found');
  });
});

describe('a clinician and administrator, in a clinic that is not theirs or not there', () => {
  test.each(inClinic)('$name', async ({ route }) => {
    const clinic = await gate();
    for (const code of ['SOUTH', 'NOWHERE', 'north', 'NORTH ', '*', '%', "' OR 1=1 --"]) {
      const answer = await ask(clinic, route, {
        cookieOf: ['clinician', 'administrator'],
        clinic: code,
      });
      expect(outcomeOf(answer, route)).toBe('not found');
    }
  });
});

describe.each(['service', 'viewer'] as const)('a key with the role %s', (role) => {
  test.each(routes)('$name', async ({ name, route }) => {
    const clinic = await gate();
    const key = await keyFor(clinic, [role]);
    const needs = NEEDS[name] ?? 'nothing';
    // Pages are for people: a key opens none.
    const signsIn = route.door === 'page' && needs !== 'nothing';
    const expected = signsIn ? 'sign in first' : expectedOf(needs, role);
    expect(outcomeOf(await ask(clinic, route, { key }), route)).toBe(expected);
    if (!inClinic.some((each) => each.name === name) || signsIn) return;
    const elsewhere = await ask(clinic, route, { key, clinic: 'SOUTH' });
    expect(outcomeOf(elsewhere, route)).toBe('not found');
  });
});

describe('a key that is of no use', () => {
  const api = inClinic.filter(({ route }) => route.door === 'api');

  test.each(api)('$name', async ({ route }) => {
    const clinic = await gate();
    const key = await keyFor(clinic);
    const [selector = ''] = key.split('.');
    const keys = [`${key}x`, key.slice(0, -1), selector, 'x', `${selector}.${'A'.repeat(27)}`];
    for (const each of keys) {
      expect(outcomeOf(await ask(clinic, route, { key: each }), route)).toBe('sign in first');
    }
    ok(await revokeApiKey(clinic.access, { selector }));
    expect(outcomeOf(await ask(clinic, route, { key }), route)).toBe('sign in first');
    const old = await keyFor(clinic);
    clinic.pass(31 * 86_400_000);
    expect(outcomeOf(await ask(clinic, route, { key: old }), route)).toBe('sign in first');
  });

  test('does not fall back on the session of a browser', async () => {
    const clinic = await gate();
    for (const { route } of api) {
      const answer = await ask(clinic, route, { cookieOf: ['clinician'], key: 'x' });
      if (route.method === 'GET') continue;
      expect(outcomeOf(answer, route)).toBe('sign in first');
    }
  });
});
