import type { OpenCall } from './call.ts';

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request comes from our own pages, or changes nothing. A browser says where a request was
 * made in Sec-Fetch-Site, an older one in Origin; a request with neither was made by no browser that
 * could hold our cookie, and is refused too. promises.md, "Security".
 */
export function comesFromUs(request: Request, own: readonly string[]): boolean {
  if (SAFE.has(request.method)) return true;
  const site = request.headers.get('Sec-Fetch-Site');
  if (site !== null) return site === 'same-origin';
  const origin = request.headers.get('Origin');
  return origin !== null && own.includes(origin);
}

/** The origins under which browsers know the service: the one that it was told, else that of the request. */
export function ownOrigins({ service, url }: Pick<OpenCall, 'service' | 'url'>): readonly string[] {
  const { origin } = service.settings;
  return origin === undefined ? [url.origin] : [origin];
}
