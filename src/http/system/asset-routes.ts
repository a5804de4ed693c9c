import type { Answer } from '../answer.ts';
import type { OpenCall } from '../call.ts';
import { hasAlready, strongTag } from '../conditional.ts';
import { STYLE, STYLE_PATH } from '../page/style.ts';
import { textAnswer } from '../respond.ts';
import type { Route } from '../route.ts';

/** The style of the pages, and what robots are told. */
export const ASSET_ROUTES: readonly Route[] = [
  { method: 'GET', path: STYLE_PATH, door: 'bare', needs: 'nothing', handle: style },
  { method: 'GET', path: '/robots.txt', door: 'bare', needs: 'nothing', handle: robots },
];

/** Asked for anew each time, and sent only when it is another one: no page has the style of yesterday. */
async function style({ request, service }: OpenCall): Promise<Answer> {
  const ETag = strongTag(service.access.sha256(STYLE).slice(0, 32));
  const headers = { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache', ETag };
  if (hasAlready(request.headers.get('If-None-Match'), ETag))
    return { status: 304, headers, body: null };
  return { status: 200, headers, body: STYLE };
}

async function robots(): Promise<Answer> {
  return textAnswer('User-agent: *\nDisallow: /\n');
}
