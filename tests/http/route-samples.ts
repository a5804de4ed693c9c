import type { Route } from '../../src/http/route.ts';
import { ROUTES } from '../../src/http/routes.ts';

/** The name of a route in the tables of tests: `GET /c/:clinic/worklist`. */
export function nameOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

/** What may stand in each part of a path. A part that is not here fails every walk over the routes. */
const PARTS: Readonly<Record<string, string>> = {
  clinic: 'NORTH',
  episode: 'EP-2001',
  event: 'x1',
  item: 'a1.baseline',
  selector: 'A'.repeat(16),
  token: `${'A'.repeat(16)}.${'B'.repeat(27)}.ics`,
  protocol: 'staged-risk-adapted',
  id: 'staged-risk-adapted',
  version: '1.0.0',
  kind: 'invitation',
  letter: 'invitation',
  language: 'en',
  type: 'contact',
  format: 'csv',
};

/** The path of a route, with its parts filled in. */
export function samplePath(
  { path }: Pick<Route, 'path'>,
  parts: Readonly<Record<string, string>> = {},
): string {
  return path.replace(/:(\w+)(?:\{[^}]*\})?/g, (_, name: string) => {
    const part = parts[name] ?? PARTS[name];
    if (part === undefined)
      throw new Error(`tests/http/route-samples.ts has no sample of :${name}`);
    return encodeURIComponent(part);
  });
}

/** The names of the parts of a path. */
export function partsOf({ path }: Pick<Route, 'path'>): readonly string[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
}

/** The routes that change something. */
export const CHANGING: readonly Route[] = ROUTES.filter(({ method }) => method !== 'GET');

/** The same routes with handlers that say that they were reached, and do nothing. */
export function hollow(routes: readonly Route[]): readonly Route[] {
  return routes.map((route) => ({
    ...route,
    handle: async () => ({ status: 200, headers: { 'X-Reached': nameOf(route) }, body: 'reached' }),
  }));
}
