import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { storeHost } from '../../src/host/store-host.ts';
import { approveProtocol } from '../../src/service/clinic/approve-protocol.ts';
import { findClinic } from '../../src/service/clinic/find-clinic.ts';
import { openContext } from '../../src/service/open-context.ts';
import type { SchedulerContext } from '../../src/service/scheduler-context.ts';
import type { ServiceOutcome } from '../../src/service/service-outcome.ts';
import { tempFolder } from '../store/temp-stores.ts';
import { cryowatch, NOON, type Run, type World } from './memory-surroundings.ts';

/** A store in a file, with the key in memory, on which command lines run. */
export interface ClinicStore {
  readonly folder: string;
  readonly database: string;
  /** The text of its key file. */
  readonly keyText: string;
  /** Runs a command on the store. Files of `world` are beside its key. */
  run(args: readonly string[], world?: World): Promise<Run>;
  /** Works with the store in another way than by command lines. */
  use<T>(work: (context: SchedulerContext) => Promise<T>, now?: number): Promise<T>;
}

/** A store of one clinic, NORTH in Europe/Berlin, whose clinician approved the default protocol. */
export async function clinicStore({ approved = true, now = NOON } = {}): Promise<ClinicStore> {
  const folder = tempFolder();
  const database = join(folder, 'clinic.db');
  const env = { CRYOWATCH_DATABASE: database };
  const made = await cryowatch(['init', '--clinic', 'north', '--zone', 'Europe/Berlin'], {
    env,
    // Before every other clinic, so that the order of clinics is not one of chance.
    now: now - 1000,
    chance: (bytes) => randomBytes(bytes),
  });
  if (made.code !== 0) throw new Error(made.stderr);
  const keyFile = `${database}.key`;
  const keyText = made.written.get(keyFile) ?? '';
  const key = Uint8Array.from(keyText.match(/[0-9a-f]{2}/g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  );
  const store: ClinicStore = {
    folder,
    database,
    keyText,
    run: (args, world = {}) =>
      cryowatch(args, {
        now,
        ...world,
        env: { ...env, ...world.env },
        files: { [keyFile]: keyText, ...world.files },
      }),
    use: async (work, at = now) => {
      const host = storeHost(() => at);
      const context = await openContext(host, { database, key, actor: 'dr-lee' });
      try {
        return await work(context);
      } finally {
        await context.store.close();
      }
    },
  };
  if (approved) {
    await store.use(async (context) => {
      const clinic = ok(await findClinic(context));
      const protocol = 'staged-risk-adapted';
      ok(await approveProtocol(context, { clinic, protocol, clinician: 'Dr. Lee' }));
    });
  }
  return store;
}

/** The value of a use case that must be done. */
export function ok<T>(outcome: ServiceOutcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value;
}
