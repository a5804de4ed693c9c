import type { Role } from '../../domain/role.ts';
import type { Account, AccountChanges } from '../../store/account.ts';
import type { Clinic } from '../../store/clinic.ts';
import { actNow } from '../scheduler-context.ts';
import {
  fail,
  notDone,
  type ServiceFailure,
  type ServiceOutcome,
  succeed,
} from '../service-outcome.ts';
import type { AccessContext } from './access-context.ts';
import { mayManage, notManaged } from './account-authority.ts';
import { findAccount } from './account-name.ts';
import { rolesProblem, withRolesIn } from './account-roles.ts';
import { type AccountRow, accountRow } from './account-row.ts';
import { displayNameProblem } from './create-account.ts';
import { type Caller, may } from './permission.ts';

/** What becomes of an account; what is absent stays. */
export interface AccountRevision {
  readonly name: string;
  readonly displayName?: string | undefined;
  /** All roles that it has in one clinic from now on; those in others stay. */
  readonly roles?: { readonly clinic: Clinic; readonly are: readonly Role[] } | undefined;
  readonly disabled?: boolean | undefined;
  /**
   * Who asks, where it is not the system's own user. Roles need `administer` in their clinic, the rest
   * in every clinic of the account.
   */
  readonly caller?: Caller | undefined;
  /** True: says what would be changed, and changes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** An account before and after. */
export interface RevisedAccount {
  readonly before: AccountRow;
  readonly after: AccountRow;
}

/** Changes roles, the shown name, or whether an account may be used. It acts at the next request of its sessions and keys. */
export async function reviseAccount(
  access: AccessContext,
  work: AccountRevision,
): Promise<ServiceOutcome<RevisedAccount>> {
  const found = await findAccount(access, work.name);
  if (!found.ok) return found;
  const account = found.value;
  const fault = faultOf(account, work);
  if (fault !== undefined) return fault;
  const { store } = access;
  const changes = changesOf(account, work);
  const act = actNow(access);
  if (work.dryRun !== true) {
    const { id, credentialsVersion: expected } = account;
    const revised = await store.reviseAccount(act, { id, expected, changes });
    if (revised.outcome !== 'ok') return notDone(revised, 'account');
  }
  const clinics = await store.listClinics();
  const after = {
    ...account,
    displayName: changes.displayName ?? account.displayName,
    roles: changes.roles ?? account.roles,
    disabledAt: disabledAt(account, changes.disabled, act.at),
  };
  return succeed({ before: accountRow(account, clinics), after: accountRow(after, clinics) });
}

function changesOf(
  account: Account,
  { displayName, roles, disabled }: AccountRevision,
): AccountChanges {
  return {
    ...(displayName === undefined ? {} : { displayName: displayName.trim() }),
    ...(disabled === undefined ? {} : { disabled }),
    ...(roles === undefined ? {} : { roles: withRolesIn(account, roles.clinic.id, roles.are) }),
  };
}

function disabledAt(account: Account, disabled: boolean | undefined, now: number): number | null {
  if (disabled === undefined) return account.disabledAt;
  return disabled ? (account.disabledAt ?? now) : null;
}

function faultOf(account: Account, work: AccountRevision): ServiceFailure | undefined {
  const { roles, disabled, displayName, caller } = work;
  const problems = [
    roles === undefined ? undefined : rolesProblem(account.kind, roles.are),
    displayNameProblem(displayName),
  ].filter((each) => each !== undefined);
  if (problems.length > 0) return fail('invalid', ...problems);
  if (caller === undefined) return undefined;
  const givesRoles = roles === undefined || may(caller, roles.clinic.id, 'administer');
  const changesAll = disabled !== undefined || displayName !== undefined;
  if (!givesRoles || (changesAll && !mayManage(caller, account))) return notManaged();
  const givesUp =
    disabled === true || (roles !== undefined && !roles.are.includes('administrator'));
  if (caller.id !== account.id || !givesUp) return undefined;
  return fail('refused', {
    path: 'name',
    message: 'nobody shuts themselves out',
    mend: 'let another administrator do it',
  });
}
