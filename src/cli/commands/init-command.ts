import type { Command } from 'commander';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { outputFault } from '../faults/file-faults.ts';
import { orFault } from '../faults/outcome.ts';
import { readKeyFile } from '../options/key-file.ts';
import { addStoreOptions, type StoreOptions, storePlace } from '../options/store-options.ts';
import { printable } from '../output/wrapped-text.ts';
import type { Surroundings } from '../surroundings.ts';

interface InitOptions extends StoreOptions {
  readonly clinic: string;
  readonly name?: string;
  readonly zone?: string;
}

/** `init`: makes a store with its key and a first clinic. */
export function initCommand(program: Command, surroundings: Surroundings): void {
  addStoreOptions(
    program
      .command('init')
      .requiredOption('--clinic <code>', 'code of the first clinic: NORTH say')
      .option('--name <name>', 'name of the clinic (default: its code)')
      .option('--zone <zone>', 'its time zone, Europe/Berlin say (default: the system’s)'),
  ).action(async (options: InitOptions) => {
    const { database, keyFile, actor } = storePlace(surroundings, options);
    const host = await surroundings.storeHost();
    const { createContext } = await import('../../service/open-context.ts');
    const { checkNewClinic, createClinic } = await import('../../service/clinic/create-clinic.ts');
    const { clinic: code, name, zone = surroundings.zone } = options;
    orFault(checkNewClinic({ code, name, zone }));
    // A key beside a store that it does not open would be taken for its key.
    await host.files.vacant(database);
    const key = await keyFor(surroundings, keyFile);
    const context = await createContext(host, { database, key, actor });
    try {
      const clinic = orFault(await createClinic(context, { code, name, zone }));
      await surroundings.stdout.write(
        [
          `store       ${database}`,
          `key file    ${keyFile}`,
          `clinic      ${clinic.code}, ${printable(clinic.name)}, ${clinic.zone}`,
          'Keep a copy of the key file in another place than the store and its backups:',
          'without it the store cannot be opened, and with it its audit log can be forged.',
          'Next: a clinician approves a protocol: cryowatch protocol approve staged-risk-adapted --clinician NAME',
          '',
        ].join('\n'),
      );
    } finally {
      await context.store.close();
    }
  });
}

const KEY_BYTES = 32;

/** The key in a file that is there, so that it may be made elsewhere; else a new one. */
async function keyFor(surroundings: Surroundings, file: string): Promise<Uint8Array> {
  try {
    return await readKeyFile(surroundings, file);
  } catch (error) {
    if (!(error instanceof CommandFault) || error.exitCode !== EXIT.notFound) throw error;
  }
  const { hexOf } = await import('../../service/open-context.ts');
  const { chance } = await surroundings.storeHost();
  const key = chance(KEY_BYTES);
  const target = await surroundings.createFile(file, 'fresh');
  if (!target.ok) throw outputFault(target.fault, file);
  await target.file.write(`${hexOf(key)}\n`);
  await target.file.commit();
  return Uint8Array.from(key);
}
