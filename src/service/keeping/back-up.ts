import { counted } from '../../domain/counted.ts';
import type { Act } from '../../store/act.ts';
import { backupName } from '../../store/backup-name.ts';
import type { BackupFile } from '../../store/file-report.ts';
import type { Manifest } from '../../store/manifest.ts';
import { StoreFault } from '../../store/store-fault.ts';
import { openContext, type StoreAccess, type StoreHost } from '../open-context.ts';
import { fileName, noteOperation } from './note-operation.ts';
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

/** What a backup would do. */
interface BackupOutlook {
  readonly path: string;
  /** Paths of older backups of this store that would be removed. */
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
  const act = { actor: access.actor, at: host.clock() };
  const path = await pathOf(host, access, { folder, at: act.at });
  const manifest = await writeBackup(host, access, { path, act });
  const oldest = await oldestOf(host, access, { folder, keep, path });
  for (const backup of oldest) await files.removeBackup(backup);
  return { path, manifest, removed: oldest.map((backup) => backup.path) };
}

/** The ledger of the store tells how it went; a place that is taken is no backup that failed. */
async function writeBackup(
  host: StoreHost,
  access: StoreAccess,
  { path, act }: { readonly path: string; readonly act: Act },
): Promise<Manifest> {
  const { database, key } = access;
  const kind = 'backup';
  try {
    const manifest = await host.files.backup(database, path, { key, act });
    const { episode = 0 } = manifest.rows;
    const detail = `${fileName(path)}, ${counted(episode, 'episode')}`;
    await noteOperation(host, access, { kind, outcome: 'ok', detail });
    return manifest;
  } catch (error) {
    if (error instanceof StoreFault && error.kind !== 'exists') {
      await noteOperation(host, access, { kind, outcome: 'failed', detail: error.kind });
    }
    throw error;
  }
}

/** What `backUp` would do now; nothing is written, and the folder need not be there. @throws StoreFault */
export async function previewBackup(
  host: StoreHost,
  access: StoreAccess,
  { folder, keep }: BackupWork,
): Promise<BackupOutlook> {
  const path = await pathOf(host, access, { folder, at: host.clock() });
  await host.files.vacant(path);
  try {
    const oldest = await oldestOf(host, access, { folder, keep, path });
    return { path, removed: oldest.map((backup) => backup.path) };
  } catch (error) {
    if (error instanceof StoreFault && error.kind === 'missing') return { path, removed: [] };
    throw error;
  }
}

async function pathOf(
  { files }: StoreHost,
  { database }: StoreAccess,
  { folder, at }: { readonly folder: string; readonly at: number },
): Promise<string> {
  const { schema } = await files.look(database);
  return `${folder.replace(/\/+$/, '')}/${backupName(at, schema)}`;
}

/** The backups of this store that are too many beside the one at `path`. */
async function oldestOf(
  host: StoreHost,
  access: StoreAccess,
  { folder, keep, path }: BackupWork & { readonly path: string },
): Promise<readonly BackupFile[]> {
  if (keep === undefined) return [];
  const context = await openContext(host, access);
  try {
    const { own } = await ownBackups(host, context, folder);
    return own.filter((backup) => backup.path !== path).slice(Math.max(0, keep - 1));
  } finally {
    await context.store.close();
  }
}
