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

type Named = (typeof routes)[number];

/** What becomes of each route, by its name. */
async function walk(
  asked: readonly Named[],
  outcome: (named: Named) => Promise<string> | string,
): Promise<Readonly<Record<string, string>>> {
  const told: Record<string, string> = {};
  for (const named of asked) told[named.name] = await outcome(named);
  return told;
}

describe('nobody', () => {
  test('gets what is for everybody, and is led to sign in for the rest', async () => {
    const clinic = await gate();
    const told = await walk(routes, async ({ route }) =>
      outcomeOf(await ask(clinic, route, {}), route),
    );
    const expected = ({ name }: Named) => (NEEDS[name] === 'nothing' ? 'reached' : 'sign in first');
    expect(told).toEqual(await walk(routes, expected));
  });
});

describe.each(PEOPLE)('a %s', (role) => {
  test('gets in the own clinic what the role may do, and nothing else', async () => {
    const clinic = await gate();
    const told = await walk(routes, async ({ route }) =>
      outcomeOf(await ask(clinic, route, { cookieOf: [role] }), route),
    );
    const expected = ({ name }: Named) => expectedOf(NEEDS[name] ?? 'nothing', role);
    expect(told).toEqual(await walk(routes, expected));
  });

  test.each(['SOUTH', 'NOWHERE', 'north', 'NORTH ', '*', '%', "' OR 1=1 --"])(
    'finds nothing in the clinic %j',
    async (code) => {
      const clinic = await gate();
      const told = await walk(inClinic, async ({ route }) =>
        outcomeOf(await ask(clinic, route, { cookieOf: [role], clinic: code }), route),
      );
      expect(told).toEqual(await walk(inClinic, () => 'not found'));
    },
  );
});

describe('somebody without any role', () => {
  test('finds no clinic', async () => {
    const clinic = await gate();
    const told = await walk(inClinic, async ({ route }) =>
      outcomeOf(await ask(clinic, route, { cookieOf: [] }), route),
    );
    expect(told).toEqual(await walk(inClinic, () => 'not found'));
  });
});

describe.each(['service', 'viewer'] as const)('a key with the role %s', (role) => {
  test('gets of the API what the role may do, and no page', async () => {
    const clinic = await gate();
    const key = await keyFor(clinic, [role]);
    const told = await walk(routes, async ({ route }) =>
      outcomeOf(await ask(clinic, route, { key }), route),
    );
    const expected = ({ name, route }: Named) => {
      const needs = NEEDS[name] ?? 'nothing';
      const isForPeople = route.door === 'page' && needs !== 'nothing';
      return isForPeople ? 'sign in first' : expectedOf(needs, role);
    };
    expect(told).toEqual(await walk(routes, expected));
  });

  test('finds nothing in another clinic', async () => {
    const clinic = await gate();
    const key = await keyFor(clinic, [role]);
    const api = inClinic.filter(({ route }) => route.door === 'api');
    const told = await walk(api, async ({ route }) =>
      outcomeOf(await ask(clinic, route, { key, clinic: 'SOUTH' }), route),
    );
    expect(told).toEqual(await walk(api, () => 'not found'));
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
