import { type Problem, showFound } from '../../domain/problem.ts';
import type { Role } from '../../domain/role.ts';
import type { AccountKind } from '../../store/account.ts';
import type { Clinic } from '../../store/clinic.ts';
import { underFreshId } from '../episode/fresh-id.ts';
import { actNow } from '../scheduler-context.ts';
import { fail, notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import type { AccessContext } from './access-context.ts';
import { mayGive, notManaged } from './account-authority.ts';
import { nameProblem, signInName } from './account-name.ts';
import { rolesProblem } from './account-roles.ts';
import { type AccountRow, accountRow } from './account-row.ts';
import { isOneLine } from './one-line.ts';
import { checkPassword } from './password-rules.ts';
import type { Caller } from './permission.ts';

/** An account to be made, with its roles in one clinic. */
export interface NewAccountWork {
  readonly name: string;
  readonly kind: AccountKind;
  /** As others read it; absent: the name. */
  readonly displayName?: string | undefined;
  /** Of a person; a machine has keys. */
  readonly password?: string | undefined;
  readonly clinic: Clinic;
  readonly roles: readonly Role[];
  /** Who asks, where it is not the system's own user; needs `administer` in the clinic. */
  readonly caller?: Caller | undefined;
  /** True: says what would be made, and makes nothing. */
  readonly dryRun?: boolean | undefined;
}

const LONGEST_DISPLAY_NAME = 100;

/** Makes an account. */
export async function createAccount(
  access: AccessContext,
  work: NewAccountWork,
): Promise<ServiceOutcome<AccountRow>> {
  const { kind, clinic, caller, dryRun = false } = work;
  const name = signInName(work.name);
  const roles = [...new Set(work.roles)].map((role) => ({ clinic: clinic.id, role }));
  if (caller !== undefined && !mayGive(caller, roles)) return notManaged();
  const problems = newAccountProblems(work, name);
  const checked = work.password === undefined ? null : checkPassword(name, work.password);
  if (checked?.ok === false) problems.push(...checked.problems);
  if (problems.length > 0) return fail('invalid', ...problems);
  const displayName = work.displayName?.trim() ?? null;
  const { store, passwords } = access;
  const known = await store.findAccount({ name });
  if (known.outcome === 'ok') return notDone({ outcome: 'refused', why: 'name-taken' });
  const password = checked?.ok && !dryRun ? await passwords.hash(checked.value) : null;
  const account = { name, kind, displayName, password, roles };
  const act = actNow(access);
  const { id, result } = dryRun
    ? { id: access.newId(), result: null }
    : await underFreshId(access.newId, (id) => store.createAccount(act, { id, ...account }));
  if (result !== null && result.outcome !== 'ok') return notDone(result);
  const made = { createdAt: act.at, createdBy: act.actor, disabledAt: null, credentialsVersion: 1 };
  const row = accountRow({ id, ...account, ...made }, [clinic]);
  return succeed({ ...row, hasPassword: checked !== null });
}

function newAccountProblems({ kind, password, ...work }: NewAccountWork, name: string): Problem[] {
  const problems = [
    nameProblem(name),
    rolesProblem(kind, work.roles),
    displayNameProblem(work.displayName),
  ].filter((each) => each !== undefined);
  if (work.roles.length === 0) {
    problems.push({
      path: 'roles',
      message: 'an account without a role may do nothing',
      allowed: 'at least one role',
    });
  }
  if ((kind === 'person') !== (password !== undefined)) {
    const message =
      kind === 'person'
        ? 'a person signs in with a password'
        : 'a machine has keys, and signs in with no password';
    problems.push({ path: 'password', message });
  }
  return problems;
}

/** What is wrong with a name as others read it; undefined: nothing. */
export function displayNameProblem(displayName: string | undefined): Problem | undefined {
  if (displayName === undefined || isOneLine(displayName, LONGEST_DISPLAY_NAME)) return undefined;
  return {
    path: 'displayName',
    message: 'this cannot be the name of a person or a machine',
    found: showFound(displayName),
    allowed: `1 to ${LONGEST_DISPLAY_NAME} characters on one line`,
  };
}
