import { actNow } from '../scheduler-context.ts';
import { fail, notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import type { AccessContext } from './access-context.ts';
import { mayManage, notManaged } from './account-authority.ts';
import { findAccount } from './account-name.ts';
import { checkPassword } from './password-rules.ts';
import type { Caller } from './permission.ts';

/** Another password for an account. */
export interface PasswordWork {
  readonly name: string;
  readonly password: string;
  /**
   * Who asks, where it is not the system's own user: the owner of the account, whose present password was
   * checked before, or an administrator of all its clinics.
   */
  readonly caller?: Caller | undefined;
  /** True: says whether the password would do, and changes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** Gives a person's account another password. Every session of it ends by that. */
export async function changePassword(
  access: AccessContext,
  { name, password, caller, dryRun = false }: PasswordWork,
): Promise<ServiceOutcome<null>> {
  const found = await findAccount(access, name);
  if (!found.ok) return found;
  const account = found.value;
  const isAllowed = caller === undefined || caller.id === account.id || mayManage(caller, account);
  if (!isAllowed) return notManaged();
  if (account.kind !== 'person') {
    return fail('refused', {
      path: 'name',
      message: 'this account is of a machine, which has keys and no password',
      mend: 'make a key for it: user key NAME',
    });
  }
  const checked = checkPassword(account.name, password);
  if (!checked.ok) return checked;
  if (dryRun) return succeed(null);
  const changes = { password: await access.passwords.hash(checked.value) };
  const expected = account.credentialsVersion;
  const revised = await access.store.reviseAccount(actNow(access), {
    id: account.id,
    expected,
    changes,
  });
  return revised.outcome === 'ok' ? succeed(null) : notDone(revised, 'account');
}
