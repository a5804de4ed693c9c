import { type Command, InvalidArgumentError } from 'commander';
import { outputFault } from '../faults/file-faults.ts';
import { addStoreOptions, type StoreOptions, storeAccess } from '../options/store-options.ts';
import type { Surroundings } from '../surroundings.ts';

interface BackupOptions extends StoreOptions {
  readonly keep?: number;
  readonly dryRun?: boolean;
}

/** `backup`: a checked copy of the store, while others go on writing. */
export function backupCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('backup')
    .argument('<folder>', 'the folder of backups; it is made where there is none')
    .option(
      '--keep <count>',
      'remove the oldest finished backups of this store beyond so many, once the new one stands',
      count,
    )
    .option('--dry-run', 'say what would be written and removed, and do neither');
  addStoreOptions(command).action(async (folder: string, options: BackupOptions) => {
    const access = await storeAccess(surroundings, options);
    const { backUp, previewBackup } = await import('../../service/keeping/back-up.ts');
    const host = await surroundings.storeHost();
    if (options.dryRun === true) {
      const { path, removed } = await previewBackup(host, access, { folder, keep: options.keep });
      const lines = [
        `backup      ${path} (would be written)`,
        ...removed.map((old) => `removed     ${old} (would be)`),
        'Nothing was written (--dry-run).',
        '',
      ];
      return surroundings.stdout.write(lines.join('\n'));
    }
    const fault = await surroundings.makeFolder(folder);
    if (fault !== null) throw outputFault(fault, folder);
    const { path, manifest, removed } = await backUp(host, access, { folder, keep: options.keep });
    const { auditHead, bytes, sha256, rows } = manifest;
    const lines = [
      `backup      ${path}`,
      `bytes       ${bytes}`,
      `sha256      ${sha256}`,
      `episodes    ${rows.episode ?? 0}, with ${rows.event ?? 0} events`,
      `audit head  ${auditHead.seq}:${auditHead.seal}`,
      ...removed.map((old) => `removed     ${old}`),
      'Keep the audit head, and a copy of the key file, in another place: cryowatch audit verify --head',
      '',
    ];
    await surroundings.stdout.write(lines.join('\n'));
  });
}

function count(word: string): number {
  if (/^[1-9]\d{0,3}$/.test(word)) return Number(word);
  throw new InvalidArgumentError('Whole numbers from 1 to 9999 are allowed.');
}
