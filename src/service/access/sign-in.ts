import { fail, type ServiceFailure } from '../service-outcome.ts';
import type { AccessContext } from './access-context.ts';
import { signInName } from './account-name.ts';
import { callerOf } from './caller-of-account.ts';
import type { LoginThrottle, SignInAttempt } from './login-throttle.ts';
import { typedPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import type { Caller } from './permission.ts';

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
 * that of a machine is the same, and takes the same work.
 */
export async function signIn(
  access: Pick<AccessContext, 'store' | 'passwords'>,
  throttle: LoginThrottle,
  given: SignIn,
): Promise<SignInOutcome> {
  if (!throttle.enter()) return haveToWait(CROWD_SECONDS, 'too many are signing in at this moment');
  const attempt = { name: signInName(given.name), source: given.source };
  try {
    const waitSeconds = throttle.begin(attempt);
    if (waitSeconds > 0) return haveToWait(waitSeconds, 'too many attempts to sign in failed');
    return await proven(access, throttle, attempt, given.password);
  } finally {
    throttle.leave();
  }
}

/** A store that cannot be read locks nobody out for later. */
async function proven(
  access: Pick<AccessContext, 'store' | 'passwords'>,
  throttle: LoginThrottle,
  attempt: SignInAttempt,
  password: string,
): Promise<SignInOutcome> {
  try {
    const caller = await prove(access, attempt.name, password);
    if (caller === null) return NOT_SIGNED_IN;
    throttle.succeeded(attempt);
    return { ok: true, value: caller };
  } catch (error) {
    throttle.failed(attempt);
    throw error;
  }
}

async function prove(
  access: Pick<AccessContext, 'store' | 'passwords'>,
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
  return isUsable && matches && typed !== null ? callerOf(account) : null;
}

const NOT_SIGNED_IN: SignInOutcome = {
  ...fail('invalid', { path: '', message: 'the name and the password do not fit together' }),
  waitSeconds: 0,
};

/** By then those that are at work are done. */
const CROWD_SECONDS = 5;

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
