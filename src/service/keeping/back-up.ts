import { backupName } from '../../store/backup-name.ts';
import type { BackupFile } from '../../store/file-report.ts';
import type { Manifest } from '../../store/manifest.ts';
import { openContext, type StoreAccess, type StoreHost } from '../open-context.ts';
import { ownBackups } from './own-backups.ts';

/** Where backups go, and how many stay. */
export interface BackupWork {
  /** A folder that is there. */
  readonly folder: string;
  /** How many backups of this store stay, the new one among them: 1 or more. Absent: all. */
  readonly keep?: number | undefined;
}

export interface BackedUp {
  readonly path: string;
  readonly manifest: Manifest;
  /** Paths of older backups of this store that were removed. */
  readonly removed: readonly string[];
}

/**
 * Writes a backup, checked whole, while others go on writing. Only when it stands are the oldest ones
 * beyond `keep` removed, and of those only finished backups of this very store: their manifest names a
 * row of its audit log. @throws StoreFault
 */
export async function backUp(
  host: StoreHost,
  access: StoreAccess,
  { folder, keep }: BackupWork,
): Promise<BackedUp> {
  const { files } = host;
  const { database, key, actor } = access;
  const act = { actor, at: host.clock() };
  const { schema } = await files.look(database);
  const path = `${folder.replace(/\/+$/, '')}/${backupName(act.at, schema)}`;
  const manifest = await files.backup(database, path, { key, act });
  const removed =
    keep === undefined ? [] : await removeOldest(host, access, { folder, keep, path });
  return { path, manifest, removed };
}

async function removeOldest(
  host: StoreHost,
  access: StoreAccess,
  { folder, keep, path }: { readonly folder: string; readonly keep: number; readonly path: string },
): Promise<readonly string[]> {
  const context = await openContext(host, access);
  let oldest: readonly BackupFile[];
  try {
    const { own } = await ownBackups(host, context, folder);
    oldest = own.filter((backup) => backup.path !== path).slice(Math.max(0, keep - 1));
  } finally {
    await context.store.close();
  }
  for (const backup of oldest) await host.files.removeBackup(backup);
  return oldest.map((backup) => backup.path);
}
