import type { Clinic } from '../service/store-access.ts';
import type { Fields } from './fields.ts';

/** The path of a page of a clinic: each part is encoded, so that an id may hold anything. */
export function clinicPath({ code }: Pick<Clinic, 'code'>, ...parts: readonly string[]): string {
  return ['/c', code, ...parts]
    .map((part, index) => (index === 0 ? part : encodeURIComponent(part)))
    .join('/');
}

/** The page of an episode, and those below it. */
export function episodePath(
  clinic: Pick<Clinic, 'code'>,
  episode: string,
  ...parts: readonly string[]
): string {
  return clinicPath(clinic, 'episodes', episode, ...parts);
}

/** A path with a query, where there is one. */
export function withQuery(path: string, query: Fields): string {
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
