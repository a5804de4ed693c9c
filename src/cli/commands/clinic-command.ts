import type { Command } from 'commander';
import { orFault } from '../faults/outcome.ts';
import { readJsonFile } from '../input/documents.ts';
import {
  addClinicOption,
  addStoreOptions,
  type ClinicOptions,
  type StoreOptions,
  withClinic,
  withStore,
} from '../options/store-options.ts';
import { type AnswerOptions, addAnswerOption, writeList } from '../output/answer.ts';
import { jsonText } from '../output/json-text.ts';
import { printable } from '../output/wrapped-text.ts';
import type { Surroundings } from '../surroundings.ts';

/** `clinic add | list | closed-days`: the clinics of a store. */
export function clinicCommand(program: Command, surroundings: Surroundings): void {
  const clinic = program.command('clinic');
  listClinics(clinic, surroundings);
  addClinic(clinic, surroundings);
  closedDays(clinic, surroundings);
}

function listClinics(group: Command, surroundings: Surroundings): void {
  const command = group.command('list').description('list the clinics of the store');
  addStoreOptions(addAnswerOption(command)).action(async (options: StoreOptions & AnswerOptions) =>
    withStore(surroundings, options, async ({ store }) => {
      const clinics = await store.listClinics();
      const rows = clinics.map(({ code, name, zone }) => ({ code, name, zone }));
      await writeList(surroundings, options, rows, {
        CODE: ({ code }) => code,
        ZONE: ({ zone }) => zone,
        NAME: ({ name }) => name,
      });
    }),
  );
}

interface AddOptions extends StoreOptions {
  readonly name?: string;
  readonly zone?: string;
  readonly dryRun?: boolean;
}

function addClinic(group: Command, surroundings: Surroundings): void {
  const command = group
    .command('add')
    .description('add a clinic to the store')
    .argument('<code>', 'its code, as it stands in calendars and file names: SOUTH say')
    .option('--name <name>', 'its name (default: its code)')
    .option('--zone <zone>', 'its time zone, Europe/Berlin say (default: the system’s)')
    .option('--dry-run', 'say what would be added, and write nothing');
  addStoreOptions(command).action(async (code: string, options: AddOptions) =>
    withStore(surroundings, options, async (context) => {
      const { createClinic } = await import('../../service/clinic/create-clinic.ts');
      const { name, zone = surroundings.zone, dryRun = false } = options;
      const added = orFault(await createClinic(context, { code, name, zone, dryRun }));
      await surroundings.stdout.write(
        `${dryRun ? 'Would add' : 'Added'} clinic ${added.code}, ${printable(added.name)}, ${added.zone}.\n`,
      );
      if (!dryRun) await surroundings.stdout.write(nextStep(added.code));
    }),
  );
}

function nextStep(code: string): string {
  return `Next: a clinician approves a protocol for it: cryowatch protocol approve staged-risk-adapted --clinic ${code} --clinician NAME\n`;
}

interface ClosedDaysOptions extends ClinicOptions {
  readonly dryRun?: boolean;
}

function closedDays(group: Command, surroundings: Surroundings): void {
  const command = group
    .command('closed-days')
    .description('show the days on which a clinic is closed, or set them from a file')
    .argument('[file]', 'closed days (JSON) in the place of the former ones; absent: show them')
    .option('--dry-run', 'say whether the file would change them, and write nothing');
  addClinicOption(addStoreOptions(command)).action(
    async (file: string | undefined, options: ClosedDaysOptions) => {
      const { closedDaysDocument, setClosedDays } = await import(
        '../../service/clinic/closed-days.ts'
      );
      if (file === undefined) {
        return withClinic(surroundings, options, async (context, clinic) => {
          const document = orFault(await closedDaysDocument(context, clinic));
          await surroundings.stdout.write(jsonText(document));
        });
      }
      const { document, place } = await readJsonFile(surroundings, file);
      return withClinic(surroundings, options, async (context, clinic) => {
        const { dryRun = false } = options;
        const work = { clinic, document, dryRun };
        const { changed, closures } = orFault(await setClosedDays(context, work), place);
        const did = changed ? (dryRun ? 'would be set' : 'are set') : 'stay as they are';
        await surroundings.stdout.write(
          `The closed days of clinic ${clinic.code} ${did}: ${closures} ${closures === 1 ? 'entry' : 'entries'}.\n`,
        );
      });
    },
  );
}
