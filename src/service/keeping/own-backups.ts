import { CLOCK_TOLERANCE_MS } from '../../store/act.ts';
import type { BackupFile } from '../../store/file-report.ts';
import type { Manifest } from '../../store/manifest.ts';
import type { StoreHost } from '../open-context.ts';
import type { SchedulerContext } from '../scheduler-context.ts';

/** A finished backup of a store. */
export interface OwnBackup extends BackupFile {
  readonly manifest: Manifest;
}

/** The backups of a folder, the newest first: those that hold most of the log, whatever clock named them. */
export interface BackupsOf {
  /** Finished ones whose end of the audit log is a row of this store's. */
  readonly own: readonly OwnBackup[];
  /** How many are not finished, or of another store, or of a branch that was lost by a restore. */
  readonly others: number;
}

/** Tells the backups of a store from others in the same folder. @throws StoreFault */
export async function ownBackups(
  { files }: Pick<StoreHost, 'files'>,
  { store }: Pick<SchedulerContext, 'store'>,
  folder: string,
): Promise<BackupsOf> {
  const own: OwnBackup[] = [];
  const found = await files.backups(folder);
  for (const { path, manifest } of found) {
    if (manifest === null) continue;
    const { seq, seal } = manifest.auditHead;
    const [row] = await store.pageAudit({ after: seq - 1, limit: 1 });
    if (row?.seq === seq && row.seal === seal) own.push({ path, manifest });
  }
  own.sort(newestFirst);
  return { own, others: found.length - own.length };
}

function newestFirst({ manifest: a }: OwnBackup, { manifest: b }: OwnBackup): number {
  return b.auditHead.seq - a.auditHead.seq || b.madeAt - a.madeAt;
}

/** Whether a backup is too old. One from well ahead of now was made by a clock that was wrong: nobody knows. */
export function isTooOld(ageMs: number, maxAgeMs: number): boolean {
  return ageMs > maxAgeMs || ageMs < -CLOCK_TOLERANCE_MS;
}
