import type { Command } from 'commander';
import type { Clinic } from '../../service/store-access.ts';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { outputFault } from '../faults/file-faults.ts';
import { orFault } from '../faults/outcome.ts';
import { whereMissing } from '../faults/where-missing.ts';
import { readKeyFile } from '../options/key-file.ts';
import { addStoreOptions, type StoreOptions, storePlace } from '../options/store-options.ts';
import { printable } from '../output/wrapped-text.ts';
import type { Surroundings } from '../surroundings.ts';

interface InitOptions extends StoreOptions {
  readonly clinic: string;
  readonly name?: string;
  readonly zone?: string;
  readonly dryRun?: boolean;
}

/** `init`: makes a store with its key and a first clinic. */
export function initCommand(program: Command, surroundings: Surroundings): void {
  addStoreOptions(
    program
      .command('init')
      .requiredOption('--clinic <code>', 'code of the first clinic: NORTH say')
      .option('--name <name>', 'name of the clinic (default: its code)')
      .option('--zone <zone>', 'its time zone, Europe/Berlin say (default: the system’s)')
      .option('--dry-run', 'say what would be made, and write nothing'),
  ).action(async (options: InitOptions) => {
    const { database, keyFile, actor } = storePlace(surroundings, options);
    const host = await surroundings.storeHost();
    const { createContext } = await import('../../service/open-context.ts');
    const { checkNewClinic, createClinic } = await import('../../service/clinic/create-clinic.ts');
    const { clinic: code, name, zone = surroundings.zone } = options;
    const wanted = orFault(checkNewClinic({ code, name, zone }));
    // A key beside a store that it does not open would be taken for its key.
    await host.files.vacant(database);
    const present = await keyIn(surroundings, keyFile);
    if (options.dryRun === true) {
      const key = present === undefined ? 'would be made' : 'is there already';
      return surroundings.stdout.write(
        [
          ...placeLines(`${database} (would be made)`, `${keyFile} (${key})`, wanted),
          'Nothing was written (--dry-run).',
          '',
        ].join('\n'),
      );
    }
    await whereMissing(database, 'choose another place: --database', () =>
      host.files.makeRoom(database),
    );
    const key = present ?? (await newKey(surroundings, keyFile));
    const context = await createContext(host, { database, key, actor });
    try {
      const clinic = orFault(await createClinic(context, { code, name, zone }));
      await surroundings.stdout.write(
        [
          ...placeLines(database, keyFile, clinic),
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

function placeLines(
  database: string,
  keyFile: string,
  { code, name, zone }: Omit<Clinic, 'id'>,
): string[] {
  return [
    `store       ${database}`,
    `key file    ${keyFile}`,
    `clinic      ${code}, ${printable(name)}, ${zone}`,
  ];
}

const KEY_BYTES = 32;

/** The key in a file that is there, so that it may be made elsewhere; `undefined`: there is none. */
async function keyIn(surroundings: Surroundings, file: string): Promise<Uint8Array | undefined> {
  try {
    return await readKeyFile(surroundings, file);
  } catch (error) {
    if (error instanceof CommandFault && error.exitCode === EXIT.notFound) return undefined;
    throw error;
  }
}

async function newKey(surroundings: Surroundings, file: string): Promise<Uint8Array> {
  const { hexOf } = await import('../../service/open-context.ts');
  const { chance } = await surroundings.storeHost();
  const key = chance(KEY_BYTES);
  const target = await surroundings.createFile(file, 'fresh');
  if (!target.ok) throw outputFault(target.fault, file);
  await target.file.write(`${hexOf(key)}\n`);
  await target.file.commit();
  return Uint8Array.from(key);
}
