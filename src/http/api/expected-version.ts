import type { Problem } from '../../domain/problem.ts';
import type { OpenCall } from '../call.ts';

/** The version of an episode that the sender saw. */
export type Expected =
  | {
      readonly ok: true;
      /** Undefined: as it stands. */
      readonly version: number | undefined;
      /** Whether the header named it: another version is a 412 then. */
      readonly byHeader: boolean;
      /** Whether the sender said anything of it; `If-Match: *` says: as it stands. */
      readonly given: boolean;
    }
  | { readonly ok: false; readonly problem: Problem };

const TAG = /^"(\d{1,15})(?:-[^"]*)?"$/;

/**
 * The tag of an episode as it is answered: its version and the day of its plan. RFC 9110, 8.8.3.
 */
export function episodeTag(version: number, asOf: string | undefined): string {
  return asOf === undefined ? `"${version}"` : `"${version}-${asOf}"`;
}

/**
 * Reads the version from If-Match (RFC 9110, 13.1.1) or the field `expected`. Of a tag the version alone
 * counts: the plan of another day is no change of the episode.
 */
export function expectedVersion({ request }: OpenCall, field: number | undefined): Expected {
  const header = request.headers.get('If-Match')?.trim();
  if (header === undefined) {
    return { ok: true, version: field, byHeader: false, given: field !== undefined };
  }
  if (header === '*') return { ok: true, version: field, byHeader: false, given: true };
  const version = Number(TAG.exec(header)?.[1] ?? Number.NaN);
  if (Number.isNaN(version)) return { ok: false, problem: NO_TAG };
  if (field !== undefined && field !== version) return { ok: false, problem: TWO_VERSIONS };
  return { ok: true, version, byHeader: true, given: true };
}

const NO_TAG: Problem = {
  path: 'If-Match',
  message: 'this is not the tag of an episode',
  allowed: 'one ETag as an answer gave it, or *',
};

const TWO_VERSIONS: Problem = {
  path: 'expected',
  message: 'the header If-Match and this field name different versions',
  mend: 'leave one of them out',
};
