import { Hono } from 'hono';
import { answerRoute, answerUnrouted } from './answer-route.ts';
import type { OpenCall } from './call.ts';
import { faultOf } from './log.ts';
import { refuse } from './refuse.ts';
import type { Route } from './route.ts';
import { ROUTES } from './routes.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import type { HttpService } from './service.ts';

/** The service as a function from request to answer; it opens no socket. `source`: the client's address. */
export type App = (request: Request, source?: string) => Promise<Response>;

/** The service with its routes. */
export function createApp(service: HttpService, routes: readonly Route[] = ROUTES): App {
  const hono = new Hono<{ Bindings: { readonly source: string } }>();
  for (const route of routes) {
    hono.on(route.method, route.path, (c) =>
      answerRoute(service, route, {
        request: c.req.raw,
        params: c.req.param() as Readonly<Record<string, string>>,
        source: c.env.source,
      }),
    );
  }
  for (const [path, ofPath] of Map.groupBy(routes, (route) => route.path)) {
    hono.all(path, (c) => {
      const [route] = ofPath;
      const arrival = { request: c.req.raw, params: {}, source: c.env.source };
      return answerUnrouted(service, route ?? NO_PAGE, arrival, (call) => notHere(call, ofPath));
    });
  }
  hono.notFound((c) => {
    const { path } = c.req;
    const route = path.startsWith('/api/') ? NO_API : path.startsWith('/f/') ? NO_FEED : NO_PAGE;
    const arrival = { request: c.req.raw, params: {}, source: c.env.source };
    return answerUnrouted(service, route, arrival, (call) => refuse(call, route.door, 404));
  });
  // What went wrong outside of every route: the router itself would write it to the terminal.
  hono.onError((error) => {
    service.log.fault({ requestId: 'none', ...faultOf(error) });
    return new Response(null, { status: 500, headers: SECURITY_HEADERS });
  });
  return async (request, source = 'local') => hono.fetch(request, { source });
}

/** A path that takes other methods. RFC 9110, 15.5.6. */
function notHere(call: OpenCall, routes: readonly Route[]): Response {
  const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  const answer = refuse(call, routes[0]?.door ?? 'page', 405);
  answer.headers.set('Allow', methods.sort().join(', '));
  return answer;
}

/** What a path without a route is answered as, and logged. */
const NO_PAGE = { path: 'none', door: 'page' } as const;
const NO_API = { path: 'none', door: 'api' } as const;
const NO_FEED = { path: 'none', door: 'bare' } as const;
