import { notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import type { AccessContext } from './access-context.ts';
import { actOfCaller } from './caller-of-account.ts';
import type { ViewWork } from './save-view.ts';

/** Removes a view of the caller's own. `changed` is false where there is none of this name. */
export async function removeView(
  access: Pick<AccessContext, 'store' | 'clock'>,
  { clinic, caller, name }: Omit<ViewWork, 'query'>,
): Promise<ServiceOutcome<{ readonly changed: boolean }>> {
  const scope = { clinic: clinic.id, account: caller.id, name: name.trim() };
  const removed = await access.store.removeView(actOfCaller(access, caller), scope);
  return removed.outcome === 'ok' ? succeed(removed.value) : notDone(removed);
}
