import type { Command } from 'commander';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { orFault } from '../faults/outcome.ts';
import { choiceOption } from '../options/choice-option.ts';
import {
  addClinicOption,
  addStoreOptions,
  type ClinicOptions,
  withClinic,
} from '../options/store-options.ts';
import type { Surroundings } from '../surroundings.ts';

/** The grounds of an erasure, as the audit log keeps them; here so that help opens no store. */
export const GROUNDS = ['patient-request', 'retention-ended', 'entered-in-error'] as const;

interface EraseOptions extends ClinicOptions {
  readonly patient?: string;
  readonly episode?: string;
  readonly ground: (typeof GROUNDS)[number];
  readonly confirm?: string;
  readonly dryRun?: boolean;
}

/** `erase`: takes a patient out of the store, for good. */
export function eraseCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('erase')
    .option('--patient <ref>', 'every episode with this patient reference')
    .option('--episode <id>', 'this episode only')
    .addOption(
      choiceOption(
        '--ground <ground>',
        'why, as the audit log keeps it',
        GROUNDS,
      ).makeOptionMandatory(),
    )
    .option('--confirm <ref>', 'the same reference or id once more; needed unless --dry-run')
    .option('--dry-run', 'say what would go, and erase nothing');
  addClinicOption(addStoreOptions(command)).action(async (options: EraseOptions) => {
    const whose = whoseData(options);
    await withClinic(surroundings, options, async (context, clinic) => {
      const { erasePatient } = await import('../../service/keeping/erase-patient.ts');
      const { ground, confirm, dryRun = false } = options;
      const erased = orFault(
        await erasePatient(context, { clinic, whose, ground, confirm, dryRun }),
      );
      const { episodes, events, purged, outOfReach } = erased;
      const lines = [
        `${dryRun ? 'Would erase' : 'Erased'}: ${episodes} ${episodes === 1 ? 'episode' : 'episodes'} with ${events} ${events === 1 ? 'event' : 'events'}.`,
        ...(purged
          ? []
          : [
              'Others are using the store: traces are left in its file until cryowatch doctor --purge.',
            ]),
        'Out of reach:',
        ...outOfReach.map((place) => `- ${place}`),
        '',
      ];
      await surroundings.stdout.write(lines.join('\n'));
    });
  });
}

function whoseData({ patient, episode }: EraseOptions) {
  if (patient !== undefined && episode === undefined) return { patientRef: patient };
  if (episode !== undefined && patient === undefined) return { externalId: episode };
  throw new CommandFault(EXIT.usage, [
    { path: '', message: 'whose data are to go?', allowed: 'either --patient or --episode' },
  ]);
}
