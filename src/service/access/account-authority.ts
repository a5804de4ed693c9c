import type { Account, ClinicRole } from '../../store/account.ts';
import { fail, type ServiceFailure } from '../service-outcome.ts';
import { type Caller, may } from './permission.ts';

/**
 * Whether a caller may change what an account is everywhere: its password, its keys, whether it is
 * disabled. That takes `administer` in every clinic in which it has a role, else who administers one
 * clinic could take over an account of another.
 */
export function mayManage(caller: Caller, { roles }: Pick<Account, 'roles'>): boolean {
  return roles.length > 0 && mayGive(caller, roles);
}

/** Whether a caller may give roles: those of clinics that it administers. */
export function mayGive(caller: Caller, roles: readonly ClinicRole[]): boolean {
  return roles.every(({ clinic }) => may(caller, clinic, 'administer'));
}

export function notManaged(): ServiceFailure {
  return fail('refused', {
    path: '',
    message: 'only who administers every clinic of the account may do this',
    mend: 'ask whoever administers the others, or use the command line: cryowatch user',
  });
}
