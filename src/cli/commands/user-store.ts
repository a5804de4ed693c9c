import type { AccessContext } from '../../service/access/access-context.ts';
import type { StoreOptions } from '../options/store-options.ts';
import { storeAccess } from '../options/store-options.ts';
import type { Surroundings } from '../surroundings.ts';

/** Opens the store for work on accounts and keys, works with it and closes it again. */
export async function withAccounts<T>(
  surroundings: Surroundings,
  options: StoreOptions,
  use: (access: AccessContext) => Promise<T>,
): Promise<T> {
  const store = await storeAccess(surroundings, options);
  const { openAccess } = await import('../../service/access/access-context.ts');
  const access = await openAccess(await surroundings.storeHost(), store);
  try {
    return await use(access);
  } finally {
    await access.store.close();
  }
}
