import type { Clinic } from '../../store/clinic.ts';
import type { SavedView } from '../../store/saved-view.ts';
import type { AccessContext } from './access-context.ts';
import { type Caller, may } from './permission.ts';

/** The caller's own views in a clinic, in the order of their names; none where the caller may not read. */
export async function listViews(
  { store }: Pick<AccessContext, 'store'>,
  { clinic, caller }: { readonly clinic: Clinic; readonly caller: Caller },
): Promise<readonly SavedView[]> {
  if (!may(caller, clinic.id, 'read')) return [];
  return store.listViews({ clinic: clinic.id, account: caller.id });
}
