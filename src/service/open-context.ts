import type { Clock } from '../domain/clock.ts';
import type { StoreFiles } from '../store/store-files.ts';
import type { Passwords } from './access/passwords.ts';
import type { SchedulerContext } from './scheduler-context.ts';

/** What the composition root hands over so that stores can be opened: files, clock, chance, digests. */
export interface StoreHost {
  readonly files: StoreFiles;
  readonly clock: Clock;
  /** Bytes of chance, fit for secrets. */
  readonly chance: (bytes: number) => Uint8Array;
  readonly hmac: (key: string, text: string) => string;
  readonly sha256: (text: string) => string;
  readonly passwords: Passwords;
  /** Whether two texts are the same, in a time that does not tell where they differ. */
  readonly sameText: (a: string, b: string) => boolean;
}

/** Which store, whose key, and who acts. */
export interface StoreAccess {
  /** Path of the store. */
  readonly database: string;
  /** Seals the audit log: at least 32 bytes, kept apart from the store. */
  readonly key: Uint8Array;
  /** Who acts, as the audit log names it: a user id, `nightly`. Never a patient. */
  readonly actor: string;
}

/** Bytes from which calendar UIDs are derived. */
const UID_SECRET_BYTES = 32;

/** Opens a store for use cases. @throws StoreFault */
export async function openContext(
  host: StoreHost,
  { database, key, actor }: StoreAccess,
): Promise<SchedulerContext> {
  const act = { actor, at: host.clock() };
  return contextOf(host, actor, await host.files.open(database, { key, act }));
}

/** Makes a store and opens it. @throws StoreFault `exists`, and the faults of the file system */
export async function createContext(
  host: StoreHost,
  { database, key, actor }: StoreAccess,
): Promise<SchedulerContext> {
  const act = { actor, at: host.clock() };
  const uidSecret = hexOf(host.chance(UID_SECRET_BYTES));
  return contextOf(host, actor, await host.files.create(database, { key, act, uidSecret }));
}

/** Bytes in lower-case hexadecimal. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function contextOf(
  { clock, chance, hmac, sha256 }: StoreHost,
  actor: string,
  store: SchedulerContext['store'],
): SchedulerContext {
  return { store, clock, newId: idMaker(clock, chance), actor, hmac, sha256, protocols: new Map() };
}

const IDS_A_MILLISECOND = 1024;

/**
 * Numbers that rise with time and that two processes hardly make at once; should they, the store
 * refuses the second. They stay safe integers until the year 2248.
 */
function idMaker(clock: Clock, chance: StoreHost['chance']): () => number {
  let last = 0;
  return () => {
    const [high = 0, low = 0] = chance(2);
    const now = clock() * IDS_A_MILLISECOND + ((high * 256 + low) % IDS_A_MILLISECOND);
    last = Math.max(now, last + 1);
    return last;
  };
}
