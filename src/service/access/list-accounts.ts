import type { Clinic } from '../../store/clinic.ts';
import type { AccessContext } from './access-context.ts';
import { type AccountRow, accountRow } from './account-row.ts';

/**
 * The accounts of the store, disabled ones too, in the order of their names. With a clinic only those
 * that have a role in it, and only these roles.
 */
export async function listAccounts(
  { store }: Pick<AccessContext, 'store'>,
  clinic?: Clinic,
): Promise<readonly AccountRow[]> {
  const clinics = clinic === undefined ? await store.listClinics() : [clinic];
  const rows = (await store.listAccounts()).map((account) => accountRow(account, clinics));
  return clinic === undefined ? rows : rows.filter(({ roles }) => roles.length > 0);
}
