import type { Command } from 'commander';
import { whereMissing } from '../faults/where-missing.ts';
import { ageText, instantText } from '../options/duration.ts';
import { addStoreOptions, type StoreOptions, storeAccess } from '../options/store-options.ts';
import type { Surroundings } from '../surroundings.ts';

interface RestoreOptions extends StoreOptions {
  readonly dryRun?: boolean;
}

const NO_BACKUP = 'name a backup that cryowatch backup made, with its manifest (.json) beside it';

/** `restore`: a backup in the place of a store that is gone. */
export function restoreCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('restore')
    .argument('<backup>', 'the backup; its manifest lies beside it')
    .option('--dry-run', 'restore it elsewhere for a moment, check it, and leave nothing');
  addStoreOptions(command).action(async (backup: string, options: RestoreOptions) => {
    const access = await storeAccess(surroundings, options);
    const { restoreBackup } = await import('../../service/keeping/restore-backup.ts');
    const host = await surroundings.storeHost();
    const trial = options.dryRun === true ? await surroundings.temporaryFolder() : undefined;
    try {
      const work = { backup, trialFolder: trial?.path };
      const { manifest, ageMs } = await whereMissing(backup, NO_BACKUP, () =>
        restoreBackup(host, access, work),
      );
      const { madeAt, rows, auditHead } = manifest;
      const lines = [
        trial === undefined
          ? `Restored ${backup} to ${access.database}.`
          : `${backup} is sound; it would be restored to ${access.database}.`,
        `It was made ${ageText(ageMs)}, at ${instantText(madeAt)}, and ends at row ${auditHead.seq} of the audit log.`,
        `It holds ${rows.episode ?? 0} episodes with ${rows.event ?? 0} events.`,
        'What was recorded since is not in it, and patients who were erased since are in it again.',
        'Next: cryowatch doctor, then tonight’s list: cryowatch nightly',
        '',
      ];
      await surroundings.stdout.write(lines.join('\n'));
    } finally {
      await trial?.remove();
    }
  });
}
