import { describe, expect, test } from 'vitest';
import type { Route } from '../../src/http/route.ts';
import { ROUTES } from '../../src/http/routes.ts';
import { StoreFault } from '../../src/service/store-access.ts';
import { type HttpClinic, httpClinic, ORIGIN } from './http-clinic.ts';
import { nameOf, samplePath } from './route-samples.ts';

/** What every answer carries, written down a second time. promises.md, "Security". */
function expectHeaders(answer: Response): void {
  const told = Object.fromEntries(answer.headers);
  expect(told).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-robots-tag': 'noindex, nofollow',
  });
  const policy = (told['content-security-policy'] ?? '').split('; ').sort();
  expect(policy).toEqual([
    "base-uri 'none'",
    "default-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "style-src 'self'",
  ]);
  const [, seconds = '0'] = /max-age=(\d+)/.exec(told['strict-transport-security'] ?? '') ?? [];
  expect(Number(seconds)).toBeGreaterThanOrEqual(365 * 86_400);
  expect(told).not.toHaveProperty('server');
  expect(told).not.toHaveProperty('x-powered-by');
  expect(told).not.toHaveProperty('access-control-allow-origin');
}

const request = (path: string, init: RequestInit = {}) => new Request(`${ORIGIN}${path}`, init);
const FORM = {
  'Content-Type': 'application/x-www-form-urlencoded',
  'Sec-Fetch-Site': 'same-origin',
};

describe('the headers of every route', () => {
  test.each(ROUTES.map((route) => ({ name: nameOf(route), route })))(
    '$name: signed in or not',
    async ({ route }) => {
      const clinic = await httpClinic({ sample: false });
      const nurse = await clinic.as('clinician', 'administrator');
      for (const Cookie of ['', nurse.cookie()]) {
        const { method } = route;
        const body = method === 'GET' ? null : 'a=b';
        const headers = { ...FORM, Cookie };
        const answer = await clinic.fetch(request(samplePath(route), { method, headers, body }));
        expectHeaders(answer);
        expect(answer.status).toBeLessThan(500);
        // What may be about a patient is kept by no browser and no proxy.
        const cached = /^\/(?:f|assets)\//.test(route.path) ? /no-cache|no-store/ : /^no-store$/;
        expect(answer.headers.get('Cache-Control')).toMatch(cached);
      }
    },
  );
});

const FAILING: readonly Route[] = (['page', 'api', 'bare'] as const).flatMap((door) => [
  failing(`/broken-${door}`, door, () => new TypeError('Jane Canary\n    at Jane (Canary:1:1)')),
  failing(`/store-${door}`, door, () => new StoreFault('busy', 'Jane Canary')),
]);

function failing(path: string, door: Route['door'], fault: () => Error): Route {
  const handle = async () => {
    throw fault();
  };
  return { method: 'GET', path, door, needs: 'nothing', handle };
}

describe('the headers of a refusal', () => {
  const cases: readonly (readonly [string, Request, number])[] = [
    ['a path that is none', request('/nowhere'), 404],
    ['a path that is none of the API', request('/api/v1/nowhere'), 404],
    ['a feed that is none', request('/f/nothing'), 404],
    ['a method that is not taken', request('/health', { method: 'DELETE' }), 405],
    ['a page without a session', request('/password'), 303],
    ['the API without a key', request('/api/v1/clinics'), 401],
    ['another site', request('/sign-out', { method: 'POST', body: 'a' }), 403],
    [
      'a form of another type',
      request('/sign-out', {
        method: 'POST',
        headers: { ...FORM, 'Content-Type': 'text/plain' },
        body: 'a',
      }),
      415,
    ],
    [
      'a form that is too long',
      request('/sign-out', { method: 'POST', headers: FORM, body: 'a'.repeat(64 * 1024 + 1) }),
      413,
    ],
    [
      'a form that is no text',
      request('/sign-out', { method: 'POST', headers: FORM, body: Uint8Array.from([0xff]) }),
      400,
    ],
  ];

  test.each(cases)('%s', async (_, asked, status) => {
    const { fetch } = await httpClinic({ sample: false });
    const answer = await fetch(asked.clone());
    expect(answer.status).toBe(status);
    expectHeaders(answer);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
  });

  test.each(FAILING)('$path', async ({ path, door }) => {
    const { fetch, log } = await httpClinic({ sample: false, routes: FAILING });
    const answer = await fetch(request(path));
    expect(answer.status).toBe(path.startsWith('/store') ? 503 : 500);
    expectHeaders(answer);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    const text = await answer.text();
    expect(text).not.toContain('Canary');
    expect(text).not.toMatch(/\.ts\b|node_modules|at \w+ \(/);
    expect(log.join('')).not.toContain('Canary');
    const [fault = '{}'] = log;
    expect(JSON.parse(fault)).toMatchObject({ msg: 'fault', at: expect.any(Array) });
    if (door === 'api') expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
  });

  test('a page as it was kept before', async () => {
    const { fetch } = await httpClinic({ sample: false });
    const first = await fetch(request('/assets/style.css'));
    const tag = first.headers.get('ETag') ?? '';
    const again = await fetch(request('/assets/style.css', { headers: { 'If-None-Match': tag } }));
    expect(again.status).toBe(304);
    expectHeaders(again);
  });

  test('what goes wrong before any route, and it is not written to the terminal', async () => {
    const clinic = await httpClinic({ sample: false });
    const written: unknown[] = [];
    const { error } = console;
    console.error = (...words) => written.push(words);
    Object.assign(clinic.service.requestIds, {
      next: () => {
        throw new Error('no number: Canary');
      },
    });
    try {
      const answer = await clinic.fetch(request('/health'));
      expect(answer.status).toBe(500);
      expectHeaders(answer);
      expect(await answer.text()).toBe('');
    } finally {
      console.error = error;
    }
    expect(written).toEqual([]);
    expect(clinic.log.join('')).not.toContain('Canary');
  });
});

describe('methods', () => {
  const head = async ({ fetch }: HttpClinic, path: string) =>
    fetch(request(path, { method: 'HEAD' }));

  test('HEAD answers as GET does, without a body', async () => {
    const clinic = await httpClinic({ sample: false });
    for (const path of ['/health', '/sign-in', '/nowhere', '/api/v1/clinics']) {
      const [asked, got] = [await head(clinic, path), await clinic.fetch(request(path))];
      expect(asked.status).toBe(got.status);
      expect(await asked.text()).toBe('');
      expect(asked.headers.get('Content-Type')).toBe(got.headers.get('Content-Type'));
      expectHeaders(asked);
    }
  });

  test.each(['OPTIONS', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'PURGE', 'FOO', 'get'])(
    '%s is taken nowhere that does not name it, and no other site is allowed anything',
    async (method) => {
      const { fetch } = await httpClinic({ sample: false });
      const Origin = 'https://elsewhere.example';
      const asked = { Origin, 'Access-Control-Request-Method': 'POST' };
      const answer = await fetch(request('/sign-in', { method, headers: asked }));
      // `get` is GET: Request says so itself.
      expect(answer.status).toBe(method === 'get' ? 200 : 405);
      if (method !== 'get') expect(answer.headers.get('Allow')).toBe('GET, HEAD, POST');
      expectHeaders(answer);
    },
  );
});
