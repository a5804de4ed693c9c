import type { ApiKey } from '../../store/api-key.ts';
import { actNow } from '../scheduler-context.ts';
import { fail, notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import type { AccessContext } from './access-context.ts';
import { mayManage, notManaged } from './account-authority.ts';
import { findAccount } from './account-name.ts';
import { callerOfAccount } from './caller-of-account.ts';
import type { Caller } from './permission.ts';
import { stateOf, type TokenState } from './token-state.ts';
import { labelProblem, lifetimeOf, lifetimeProblem } from './token-terms.ts';
import { isTokenOf, makeToken, parseToken, selectorOf, tokenDigest, tokenText } from './tokens.ts';

/** An API key to be made. */
export interface KeyWork {
  /** Name of the account: one of a machine. */
  readonly account: string;
  /** What it is for. */
  readonly label: string;
  /** How long it holds, 1 to 365. */
  readonly days: number;
  /** Who asks, where it is not the system's own user; needs `administer` wherever the account has a role. */
  readonly caller?: Caller | undefined;
  /** True: says what would be made, and makes nothing; the token is null. */
  readonly dryRun?: boolean | undefined;
}

/** A key as it is shown, without what proves it. */
export interface KeyRow {
  readonly selector: string;
  readonly label: string;
  readonly state: TokenState;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly createdAt: number;
  readonly createdBy: string;
  readonly expiresAt: number;
}

/** A key that was made. */
export interface IssuedKey {
  /** What the machine sends. It is shown now and never again; null on a dry run. */
  readonly token: string | null;
  readonly key: KeyRow;
}

/** Makes an API key of a machine's account. */
export async function issueApiKey(
  access: AccessContext,
  { account: name, label, days, caller, dryRun = false }: KeyWork,
): Promise<ServiceOutcome<IssuedKey>> {
  const found = await findAccount(access, name);
  if (!found.ok) return found;
  const account = found.value;
  if (caller !== undefined && !mayManage(caller, account)) return notManaged();
  const problems = [labelProblem(label), lifetimeProblem(days)].filter(
    (each) => each !== undefined,
  );
  if (problems.length > 0) return fail('invalid', ...problems);
  if (account.kind !== 'service') {
    return fail('refused', {
      path: 'account',
      message: 'this account is of a person, who signs in with a password',
      mend: 'make an account for the machine: user add NAME --service',
    });
  }
  const act = actNow(access);
  const token = makeToken(access);
  const key = {
    selector: token.selector,
    account: account.id,
    digest: tokenDigest(access, token),
    label: label.trim(),
    expiresAt: act.at + lifetimeOf(days),
  };
  if (!dryRun) {
    const created = await access.store.createApiKey(act, key);
    if (created.outcome !== 'ok') return notDone(created);
  }
  const made = { ...key, createdAt: act.at, createdBy: act.actor, revokedAt: null };
  return succeed({ token: dryRun ? null : tokenText(token), key: keyRow(made, act.at) });
}

/** Which key, and who asks. */
export interface KeyRevocation {
  readonly selector: string;
  readonly caller?: Caller | undefined;
  readonly dryRun?: boolean | undefined;
}

/** Ends a key for ever, at once. `changed` is false where it was revoked before. */
export async function revokeApiKey(
  access: AccessContext,
  { selector, caller, dryRun = false }: KeyRevocation,
): Promise<ServiceOutcome<{ readonly changed: boolean }>> {
  const { store } = access;
  const found = await store.findApiKey(selector);
  if (found.outcome !== 'ok') return notDone(found);
  if (caller !== undefined) {
    const owner = await store.findAccount({ id: found.value.account });
    if (owner.outcome !== 'ok' || !mayManage(caller, owner.value)) return notManaged();
  }
  if (dryRun) return succeed({ changed: found.value.revokedAt === null });
  const revoked = await store.revokeApiKey(actNow(access), { selector });
  return revoked.outcome === 'ok' ? succeed(revoked.value) : notDone(revoked);
}

/** The keys of an account by its name, revoked and expired ones too, in the order of making. */
export async function listApiKeys(
  access: Pick<AccessContext, 'store' | 'clock'>,
  account: string,
): Promise<ServiceOutcome<readonly KeyRow[]>> {
  const found = await findAccount(access, account);
  if (!found.ok) return found;
  const keys = await access.store.listApiKeys(found.value.id);
  const now = access.clock();
  return succeed(keys.map((key) => keyRow(key, now)));
}

function keyRow(key: ApiKey, now: number): KeyRow {
  const { selector, label, createdAt, createdBy, expiresAt } = key;
  return { selector, label, state: stateOf(key, now), createdAt, createdBy, expiresAt };
}

/** Who a machine is, by its key; null for a text that is no key, and for one that is unknown, revoked or expired. */
export async function callerOfApiKey(
  access: Pick<AccessContext, 'store' | 'clock' | 'hmac' | 'tokenKey' | 'sameText'>,
  text: string,
): Promise<Caller | null> {
  const token = parseToken(text);
  const found = await access.store.findApiKey(selectorOf(token));
  const key = found.outcome === 'ok' ? found.value : null;
  const isOf = isTokenOf(access, token, key?.digest);
  if (key === null || !isOf || stateOf(key, access.clock()) !== 'active') return null;
  const caller = await callerOfAccount(access, key.account);
  return caller?.kind === 'service' ? caller : null;
}
