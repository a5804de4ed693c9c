/**
 * The second door of the library: a clinic's store with every use case on it.
 *
 * ```ts
 * import { openScheduler } from 'cryowatch/scheduler';
 * const scheduler = await openScheduler({ database: 'clinic.db', actor: 'ehr-bridge' });
 * const clinic = await scheduler.findClinic('NORTH');
 * if (clinic.ok) {
 *   const recorded = await scheduler.recordEvents({
 *     clinic: clinic.value,
 *     episode: 'EP-0417',
 *     events: [{ type: 'imaging', date: '2026-04-20', modality: 'MRI', biRads: '4B' }],
 *   });
 *   if (recorded.ok) console.log(recorded.value.newEscalations);
 *   else console.error(recorded.fault, recorded.problems);
 * }
 * await scheduler.close();
 * ```
 */
import { readFile } from 'node:fs/promises';
import type { Clock } from './domain/clock.ts';
import { storeHost } from './host/store-host.ts';
import { readAuditKey } from './service/keeping/audit-key.ts';
import { createContext, openContext } from './service/open-context.ts';
import { createScheduler, type Scheduler } from './service/scheduler.ts';

/** Which store to open, and for whom. */
export interface SchedulerSettings {
  /** Path of the store. */
  readonly database: string;
  /** Path of the file with the key of its audit log; absent: the store's path with `.key`. */
  readonly keyFile?: string | undefined;
  /** Who acts, as the audit log names it: a program or a user id. Never a patient. */
  readonly actor: string;
  /** Absent: the system's clock. Milliseconds since 1970-01-01T00:00Z. */
  readonly clock?: Clock | undefined;
}

/**
 * Opens a store that `init` or {@link createStore} made.
 * @throws StoreFault for a store that is missing, damaged, too new, or sealed with another key
 * @throws RangeError for a key file that holds no key
 */
export async function openScheduler(settings: SchedulerSettings): Promise<Scheduler> {
  const { database, actor, clock = Date.now } = settings;
  const key = await keyOf(settings);
  return createScheduler(await openContext(storeHost(clock), { database, key, actor }));
}

/**
 * Makes a store in a new file and opens it. The key file must be there: 64 hexadecimal digits of
 * chance, kept apart from the store.
 * @throws StoreFault `exists`, and the faults of the file system
 * @throws RangeError for a key file that holds no key
 */
export async function createStore(settings: SchedulerSettings): Promise<Scheduler> {
  const { database, actor, clock = Date.now } = settings;
  const key = await keyOf(settings);
  return createScheduler(await createContext(storeHost(clock), { database, key, actor }));
}

async function keyOf({ database, keyFile }: SchedulerSettings): Promise<Uint8Array> {
  const file = keyFile ?? `${database}.key`;
  const key = readAuditKey(await readFile(file, 'utf8'));
  if (key !== undefined) return key;
  throw new RangeError(`${file} is not a key file: 64 or more hexadecimal digits on one line`);
}

export type { Scheduler } from './service/scheduler.ts';
export type { ServiceFault, ServiceOutcome } from './service/service-outcome.ts';
export { StoreFault, type StoreFaultKind } from './service/store-access.ts';
