import { Hono } from 'hono';
import { answerRoute } from './answer-route.ts';
import { refuse } from './refuse.ts';
import type { Route } from './route.ts';
import { ROUTES } from './routes.ts';
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
  hono.notFound((c) => {
    const { path } = c.req;
    const route = path.startsWith('/api/') ? NO_API : path.startsWith('/f/') ? NO_FEED : NO_PAGE;
    return answerRoute(service, route, { request: c.req.raw, params: {}, source: c.env.source });
  });
  return async (request, source = 'local') => hono.fetch(request, { source });
}

/** What a path without a route is answered with, and logged as. */
const NO_PAGE = unrouted('page');
const NO_API = unrouted('api');
const NO_FEED = unrouted('bare');

function unrouted(door: Route['door']): Route {
  return {
    method: 'GET',
    path: 'none',
    door,
    needs: 'nothing',
    handle: async (call) => refuse(call, door, 404),
  };
}
