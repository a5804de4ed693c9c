import type { Problem } from '../../domain/problem.ts';
import type { Role } from '../../domain/role.ts';
import type { Account, AccountKind, ClinicRole } from '../../store/account.ts';

/** What a machine may be: it decides nothing and administers nothing. */
const OF_MACHINES: readonly Role[] = ['service', 'viewer'];

/** What is wrong with the roles of an account; undefined: nothing. */
export function rolesProblem(kind: AccountKind, roles: readonly Role[]): Problem | undefined {
  const wrong = roles.find((role) =>
    kind === 'service' ? !OF_MACHINES.includes(role) : role === 'service',
  );
  if (wrong === undefined) return undefined;
  return {
    path: 'roles',
    message:
      kind === 'service' ? 'a machine cannot have this role' : 'only a machine has this role',
    found: wrong,
    allowed:
      kind === 'service' ? OF_MACHINES.join(', ') : 'viewer, scheduler, clinician, administrator',
  };
}

/** All roles of an account, where those of one clinic become others. */
export function withRolesIn(
  { roles }: Pick<Account, 'roles'>,
  clinic: number,
  given: readonly Role[],
): readonly ClinicRole[] {
  const elsewhere = roles.filter((each) => each.clinic !== clinic);
  return [...elsewhere, ...given.map((role) => ({ clinic, role }))];
}
