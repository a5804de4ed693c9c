import { actedJustNow } from '../../service/keeping/acted-just-now.ts';
import type { AuditAction } from '../../service/store-access.ts';
import type { ClinicCall } from '../call.ts';

/** What is told of something that was done just now. */
export interface Notice {
  readonly says: string;
  /**
   * What the caller must have done for it, a few minutes ago: a link alone is not believed. Null: nothing that
   * anybody relies on, or nothing was changed.
   */
  readonly after: AuditAction | null;
}

/**
 * The sentence for the `done` of an address; undefined where it names none, or what was not done. No text
 * comes from the address. `episode`: the only one that it may have been done to.
 */
export async function doneNotice(
  { context, clinic, url }: ClinicCall,
  notices: Readonly<Record<string, Notice>>,
  episode?: string,
): Promise<string | undefined> {
  const key = url.searchParams.get('done') ?? '';
  const notice = Object.hasOwn(notices, key) ? notices[key] : undefined;
  if (notice === undefined || notice.after === null) return notice?.says;
  const deed = { clinic, action: notice.after, episode };
  return (await actedJustNow(context, deed)) ? notice.says : undefined;
}
