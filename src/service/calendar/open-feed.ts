import type { AccessContext } from '../access/access-context.ts';
import { type OpenedSubscription, openSubscription } from '../access/open-subscription.ts';
import type { SubscriptionWork } from '../access/subscription-draft.ts';
import { afterChange } from '../episode/after-change.ts';
import type { Rest } from '../rest.ts';
import { type ServiceOutcome, succeed } from '../service-outcome.ts';
import { prepareFeed } from './prepare-feed.ts';

/** A subscription that was made, and what its calendar holds. */
export interface OpenedFeed extends OpenedSubscription {
  /** Episodes of it that cannot be planned: they are in no calendar until that is mended. */
  readonly unplanned: number;
  /** False: not all events could be made now; the next night makes the others. */
  readonly complete: boolean;
}

/**
 * Makes a calendar subscription with the events that it is to show. `rest` is waited for between
 * pieces of the work, so that others have their turn.
 */
export async function openFeed(
  access: AccessContext,
  work: SubscriptionWork,
  rest: Rest,
): Promise<ServiceOutcome<OpenedFeed>> {
  const opened = await openSubscription(access, work);
  if (!opened.ok) return opened;
  let prepared: { readonly unplanned: number } | null = null;
  await afterChange(async () => {
    const pieces = prepareFeed(access, work);
    let piece = await pieces.next();
    while (!piece.done) {
      await rest();
      piece = await pieces.next();
    }
    if (piece.value.ok) prepared = piece.value.value;
  });
  return succeed({ ...opened.value, ...preparedOf(prepared) });
}

function preparedOf(prepared: { readonly unplanned: number } | null) {
  return { unplanned: prepared?.unplanned ?? 0, complete: prepared !== null };
}
