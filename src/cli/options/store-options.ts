import { type Command, Option } from 'commander';
import type { Clinic, SchedulerContext, StoreAccess } from '../../service/store-access.ts';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { orFault } from '../faults/outcome.ts';
import type { Surroundings } from '../surroundings.ts';
import { readKeyFile } from './key-file.ts';

/** Options of every command that works on a store. */
export interface StoreOptions {
  readonly database?: string | undefined;
  readonly keyFile?: string | undefined;
  readonly actor?: string | undefined;
}

/** The same, for commands of one clinic. */
export interface ClinicOptions extends StoreOptions {
  readonly clinic?: string | undefined;
}

export function addStoreOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '-d, --database <file>',
        'the store (default: CRYOWATCH_DATABASE, else cryowatch.db)',
      ),
    )
    .addOption(
      new Option(
        '--key-file <file>',
        'key of its audit log (default: CRYOWATCH_KEY_FILE, else the store’s name with .key)',
      ),
    )
    .addOption(
      new Option(
        '--actor <name>',
        'who acts, for the audit log (default: CRYOWATCH_ACTOR, else the user of the system)',
      ),
    );
}

export function addClinicOption(command: Command): Command {
  return command.addOption(
    new Option('--clinic <code>', 'the clinic (needed where the store has several)'),
  );
}

/** Where the store is, where its key, and who acts. */
export function storePlace(
  { env, user }: Surroundings,
  { database, keyFile, actor }: StoreOptions,
): { readonly database: string; readonly keyFile: string; readonly actor: string } {
  const { CRYOWATCH_DATABASE, CRYOWATCH_KEY_FILE, CRYOWATCH_ACTOR } = env;
  const path = database ?? (CRYOWATCH_DATABASE || 'cryowatch.db');
  return {
    database: path,
    keyFile: keyFile ?? (CRYOWATCH_KEY_FILE || `${path}.key`),
    actor: actor ?? (CRYOWATCH_ACTOR || user),
  };
}

/** What opens the store: its place, its key, and who acts. */
export async function storeAccess(
  surroundings: Surroundings,
  options: StoreOptions,
): Promise<StoreAccess> {
  const { database, keyFile, actor } = storePlace(surroundings, options);
  return { database, key: await readKeyFile(surroundings, keyFile), actor };
}

/** Opens the store, works with it and closes it again, whatever happens. */
export async function withStore<T>(
  surroundings: Surroundings,
  options: StoreOptions,
  use: (context: SchedulerContext) => Promise<T>,
): Promise<T> {
  const access = await storeAccess(surroundings, options);
  const { openContext } = await import('../../service/open-context.ts');
  const host = await surroundings.storeHost();
  const context = await openContext(host, access);
  try {
    return await use(context);
  } finally {
    await context.store.close();
  }
}

/** The same, for work on one clinic: the one that is named, or the only one. */
export async function withClinic<T>(
  surroundings: Surroundings,
  options: ClinicOptions,
  use: (context: SchedulerContext, clinic: Clinic) => Promise<T>,
): Promise<T> {
  return withStore(surroundings, options, async (context) => {
    const { findClinic } = await import('../../service/clinic/find-clinic.ts');
    const found = await findClinic(context, options.clinic);
    if (!found.ok && found.fault === 'invalid') throw new CommandFault(EXIT.usage, found.problems);
    return use(context, orFault(found));
  });
}
