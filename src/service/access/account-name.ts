import { didYouMean } from '../../domain/did-you-mean.ts';
import { type Problem, showFound } from '../../domain/problem.ts';
import { ACCOUNT_NAME, type Account } from '../../store/account.ts';
import { fail, type ServiceOutcome, succeed } from '../service-outcome.ts';
import type { AccessContext } from './access-context.ts';

/** A name as it is kept and looked for: capitals and spaces around it do not matter. */
export function signInName(typed: string): string {
  return typed.trim().toLowerCase();
}

/** What is wrong with the name of an account; undefined: nothing. */
export function nameProblem(name: string): Problem | undefined {
  if (ACCOUNT_NAME.test(name)) return undefined;
  return {
    path: 'name',
    message: 'this cannot be the name of an account',
    found: showFound(name),
    allowed: '2 to 40 of a-z, 0-9, dot, hyphen and underscore, the first a letter or digit',
  };
}

/** The account of a name, disabled or not. */
export async function findAccount(
  { store }: Pick<AccessContext, 'store'>,
  typed: string,
): Promise<ServiceOutcome<Account>> {
  const name = signInName(typed);
  const found = await store.findAccount({ name });
  if (found.outcome === 'ok') return succeed(found.value);
  const names = (await store.listAccounts()).map((account) => account.name);
  const meant = didYouMean(name, names);
  return fail('not-found', {
    path: 'name',
    message: 'there is no such account',
    found: showFound(typed),
    ...(meant === undefined ? {} : { mend: `did you mean ${meant}?` }),
  });
}
