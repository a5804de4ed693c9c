import { compareTexts } from '../../domain/compare-texts.ts';
import { accountEntry } from '../access-audit.ts';
import type { Account, AccountChange, AccountScope, ClinicRole, NewAccount } from '../account.ts';
import { createdAccount, revisedAccount } from '../account-rules.ts';
import type { Act } from '../act.ts';
import { done, type NotDone, notFound, type Result, refused } from '../result.ts';
import { type Decided, unchanged } from './memory-change.ts';
import type { MemoryState } from './memory-state.ts';

/** The accounts, and their roles in the clinics. */

export function listAccounts(state: MemoryState): Account[] {
  return [...state.accounts.values()].sort((a, b) => compareTexts(a.name, b.name));
}

export function findAccount(
  state: MemoryState,
  by: { readonly name: string } | { readonly id: number },
): Result<Account> {
  const account = 'id' in by ? state.accounts.get(by.id) : named(state, by.name);
  return account === undefined ? notFound('account') : done(account);
}

function named(state: MemoryState, name: string): Account | undefined {
  return listAccounts(state).find((account) => account.name === name);
}

export function createAccount(state: MemoryState, act: Act, work: NewAccount): Decided<null> {
  const account = createdAccount(act, work);
  if ('outcome' in account) return account;
  if (state.accounts.has(account.id)) return refused('id-taken');
  if (named(state, account.name) !== undefined) return refused('name-taken');
  if (!clinicsExist(state, account.roles)) return notFound('clinic');
  return {
    value: null,
    audit: [accountEntry(account)],
    apply: () => state.accounts.set(account.id, account),
  };
}

export function reviseAccount(
  state: MemoryState,
  act: Act,
  work: AccountChange,
): Decided<{ readonly credentialsVersion: number }> {
  const kept = state.accounts.get(work.id);
  if (kept === undefined) return notFound('account');
  const revised = revisedAccount(act, kept, work);
  if ('outcome' in revised) return revised;
  const { account, changed } = revised;
  if (!clinicsExist(state, account.roles)) return notFound('clinic');
  const value = { credentialsVersion: account.credentialsVersion };
  if (changed.length === 0) return unchanged(value);
  return {
    value,
    audit: [accountEntry(account, changed)],
    apply: () => state.accounts.set(account.id, account),
  };
}

function clinicsExist(state: MemoryState, roles: readonly ClinicRole[]): boolean {
  return roles.every(({ clinic }) => state.clinics.has(clinic));
}

/** Why an account counts for nothing in a clinic; undefined: it has a role there. */
export function roleFault(
  state: MemoryState,
  { clinic, account }: AccountScope,
): NotDone | undefined {
  if (!state.clinics.has(clinic)) return notFound('clinic');
  const roles = state.accounts.get(account)?.roles ?? [];
  return roles.some((role) => role.clinic === clinic) ? undefined : notFound('account');
}
