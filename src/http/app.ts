import { Hono } from 'hono';
import { type Answer, withHeaders } from './answer.ts';
import { answerRoute, answerUnrouted } from './answer-route.ts';
import type { OpenCall } from './call.ts';
import { faultOf } from './fault-of.ts';
import { type FeedDoor, feedDoor } from './feed/feed-door.ts';
import { refuse } from './refuse.ts';
import type { Route } from './route.ts';
import { ROUTES } from './routes.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import type { HttpService } from './service.ts';

/** The service, from request to answer; it opens no socket. */
export interface App {
  /** `source`: the network of the client. */
  answer(request: Request, source?: string): Promise<Response>;
  /** The short way to the calendars; `answer` gives the same. */
  readonly feed: FeedDoor;
}

/** The service with its routes. */
export function createApp(service: HttpService, routes: readonly Route[] = ROUTES): App {
  const hono = new Hono<{ Bindings: { readonly source: string } }>();
  // One entry a path: what several entries match goes through a chain of handlers, which costs more.
  for (const [path, ofPath] of Map.groupBy(routes, (route) => route.path)) {
    const byMethod = new Map<string, Route>(ofPath.map((route) => [route.method, route]));
    const [first] = ofPath;
    hono.all(path, async (c) => {
      const request = c.req.raw;
      const { source } = c.env;
      const route = byMethod.get(request.method === 'HEAD' ? 'GET' : request.method);
      if (route !== undefined) {
        const params = c.req.param() as Readonly<Record<string, string>>;
        return responseOf(await answerRoute(service, route, { request, params, source }));
      }
      const arrival = { request, params: {}, source };
      const refusal = (call: OpenCall) => notHere(call, ofPath);
      return responseOf(await answerUnrouted(service, first ?? NO_PAGE, arrival, refusal));
    });
  }
  hono.notFound(async (c) => {
    const { path } = c.req;
    const route = path.startsWith('/api/') ? NO_API : path.startsWith('/f/') ? NO_FEED : NO_PAGE;
    const arrival = { request: c.req.raw, params: {}, source: c.env.source };
    const refusal = (call: OpenCall) => refuse(call, route.door, 404);
    return responseOf(await answerUnrouted(service, route, arrival, refusal));
  });
  // What went wrong outside of every route: the router itself would write it to the terminal.
  hono.onError((error) => {
    service.log.fault({ requestId: 'none', ...faultOf(error) });
    return new Response(null, { status: 500, headers: SECURITY_HEADERS });
  });
  return {
    answer: async (request, source = 'local') => hono.fetch(request, { source }),
    feed: feedDoor(service),
  };
}

/** The only place that makes one: with all of its headers, so that it is sent as it stands. */
function responseOf({ status, headers, body }: Answer): Response {
  return new Response(body, { status, headers });
}

/** A path that takes other methods. RFC 9110, 15.5.6. */
function notHere(call: OpenCall, routes: readonly Route[]): Answer {
  const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  const refusal = refuse(call, routes[0]?.door ?? 'page', 405);
  return withHeaders(refusal, { Allow: methods.sort().join(', ') });
}

/** What a path without a route is answered as, and logged. */
const NO_PAGE = { path: 'none', door: 'page' } as const;
const NO_API = { path: 'none', door: 'api' } as const;
const NO_FEED = { path: 'none', door: 'bare' } as const;
