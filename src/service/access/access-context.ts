import { hexOf, openContext, type StoreAccess, type StoreHost } from '../open-context.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import type { Passwords } from './passwords.ts';

/** What use cases about accounts, keys and subscriptions are handed beside the store. */
export interface AccessContext extends SchedulerContext {
  /** Bytes of chance, fit for secrets. */
  readonly chance: (bytes: number) => Uint8Array;
  readonly passwords: Passwords;
  /** Keys the digests of tokens; derived from the key of the audit log, so that it is not in the store. */
  readonly tokenKey: string;
  /** Whether two texts are the same, in a time that does not tell where they differ. */
  readonly sameText: (a: string, b: string) => boolean;
}

/** Opens a store for use cases that need secrets. @throws StoreFault */
export async function openAccess(host: StoreHost, access: StoreAccess): Promise<AccessContext> {
  const context = await openContext(host, access);
  const { chance, passwords, sameText, hmac } = host;
  const tokenKey = hmac(hexOf(access.key), 'cryowatch tokens');
  return { ...context, chance, passwords, sameText, tokenKey };
}
