import type { Account } from '../../store/account.ts';
import { StoreFault } from '../../store/store-fault.ts';
import { fail, type ServiceFailure } from '../service-outcome.ts';
import type { AccessContext } from './access-context.ts';
import { callerOf } from './caller-of-account.ts';
import type { AttemptEnd, LoginThrottle } from './login-throttle.ts';
import { typedPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import type { Caller } from './permission.ts';
import { attemptOf } from './sign-in-attempt.ts';

/** Someone who signs in. */
export interface SignIn {
  readonly name: string;
  readonly password: string;
  /** Where it comes from: the address of the client. */
  readonly source: string;
}

/** `busy`: whole seconds to wait before the next attempt; else 0. */
export type SignInOutcome =
  | { readonly ok: true; readonly value: Caller }
  | (ServiceFailure & { readonly waitSeconds: number });

/**
 * Signs a member of staff in. The answer to an unknown name, a wrong password, a disabled account and
 * that of a machine is the same, and takes the same work. A hash that became weak is made anew.
 */
export async function signIn(
  access: Pick<AccessContext, 'store' | 'passwords' | 'clock'>,
  throttle: LoginThrottle,
  given: SignIn,
): Promise<SignInOutcome> {
  const attempt = attemptOf(given.name, given.source);
  const begun = await throttle.beginInTurn(attempt);
  if (!begun.ok) return haveToWait(begun.waitSeconds, WAITS_FOR[begun.why]);
  // A store that cannot be read locks nobody out for later.
  let end: AttemptEnd = 'fault';
  try {
    const caller = await prove(access, attempt.name, given.password);
    end = caller === null ? 'wrong' : 'proven';
    return caller === null ? NOT_SIGNED_IN : { ok: true, value: caller };
  } finally {
    begun.end(end);
  }
}

const WAITS_FOR = {
  failures: 'too many attempts to sign in failed',
  crowd: 'too many are signing in at this moment',
} as const;

async function prove(
  access: Pick<AccessContext, 'store' | 'passwords' | 'clock'>,
  name: string,
  password: string,
): Promise<Caller | null> {
  const [nobody, found] = [await hashOfNobody(access), await access.store.findAccount({ name })];
  const account = found.outcome === 'ok' ? found.value : null;
  const typed = typedPassword(password);
  const kept = account?.password ?? nobody;
  const matches = await access.passwords.verify(typed ?? '', kept);
  const isUsable = account?.kind === 'person' && account.disabledAt === null;
  // What was typed is never empty, as the password of nobody is.
  if (!isUsable || !matches || typed === null) return null;
  if (access.passwords.isWeak(kept)) await rehash(access, account, typed);
  return callerOf(account);
}

/**
 * Keeps a password under a hash of today's cost. Sessions stay, as nothing of the credentials is other. What stands
 * against it, another password since, or a store that takes nothing just now, keeps nobody out: the
 * next sign-in tries again.
 */
async function rehash(
  access: Pick<AccessContext, 'store' | 'passwords' | 'clock'>,
  { id, name, credentialsVersion: expected }: Account,
  typed: string,
): Promise<void> {
  const rehashed = await access.passwords.hash(typed);
  try {
    const act = { actor: name, at: access.clock() };
    await access.store.reviseAccount(act, { id, expected, changes: { rehashed } });
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
  }
}

const NOT_SIGNED_IN: SignInOutcome = {
  ...fail('invalid', { path: '', message: 'the name and the password do not fit together' }),
  waitSeconds: 0,
};

/** Too many attempts. It says nothing of whether there is such an account. */
function haveToWait(
  waitSeconds: number,
  message: string,
): ServiceFailure & { readonly waitSeconds: number } {
  const failure = fail('busy', {
    path: '',
    message,
    mend: `wait ${waitSeconds} seconds, then try again`,
  });
  return { ...failure, waitSeconds };
}

/** Hashes of the empty password, which no account can have: checked where there is no other, one for each process. */
const nobody = new WeakMap<Passwords, Promise<string>>();

/** As dear to check as any other. Asked for at every sign-in, so that the first is no slower for an unknown name. */
function hashOfNobody({ passwords }: Pick<AccessContext, 'passwords'>): Promise<string> {
  const known = nobody.get(passwords);
  if (known !== undefined) return known;
  const made = passwords.hash('');
  nobody.set(passwords, made);
  // One that failed for want of memory is made again.
  made.catch(() => nobody.delete(passwords));
  return made;
}
