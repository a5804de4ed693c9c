import type { Role } from '../../domain/role.ts';
import type { Account } from '../../store/account.ts';
import type { Act } from '../../store/act.ts';
import type { AccessContext } from './access-context.ts';
import type { Caller } from './permission.ts';

/**
 * The caller of an account as it stands now; null where there is none, it is disabled, or its
 * credentials are at another version than the one asked for. Read it anew for every request, so that
 * disabling an account or taking a role away acts at once.
 */
export async function callerOfAccount(
  { store }: Pick<AccessContext, 'store'>,
  id: number,
  credentialsVersion?: number,
): Promise<Caller | null> {
  const found = await store.findAccount({ id });
  if (found.outcome !== 'ok' || found.value.disabledAt !== null) return null;
  const current = found.value.credentialsVersion;
  if (credentialsVersion !== undefined && credentialsVersion !== current) return null;
  return callerOf(found.value);
}

/** What an account may ask for. Whether it may ask at all is decided before. */
export function callerOf({ id, name, displayName, kind, ...account }: Account): Caller {
  const roles = new Map<number, Set<Role>>();
  for (const { clinic, role } of account.roles) {
    roles.set(clinic, (roles.get(clinic) ?? new Set()).add(role));
  }
  const { credentialsVersion } = account;
  return { id, name, displayName: displayName ?? name, kind, credentialsVersion, roles };
}

/** What a caller does now, as the audit log names it. */
export function actOfCaller({ clock }: Pick<AccessContext, 'clock'>, { name }: Caller): Act {
  return { actor: name, at: clock() };
}
