import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isBackupName } from '../backup-name.ts';
import type { BackupFile } from '../file-report.ts';
import type { Manifest } from '../manifest.ts';
import { StoreFault } from '../store-fault.ts';
import { onFile } from './driver-faults.ts';
import { manifestPath, readManifest } from './manifest.ts';

/** @throws StoreFault `missing` where there is no such folder */
export function backupsIn(folder: string): BackupFile[] {
  const names = onFile(folder, () => readdirSync(folder)).filter(isBackupName);
  return names
    .sort()
    .reverse()
    .map((name) => {
      const path = join(folder, name);
      return { path, manifest: manifestOf(path) };
    });
}

function manifestOf(path: string): Manifest | null {
  try {
    return readManifest(path);
  } catch (error) {
    if (error instanceof StoreFault && (error.kind === 'missing' || error.kind === 'damaged')) {
      return null;
    }
    throw error;
  }
}

/** The data go first: what is killed half-way leaves a manifest, in which there is nothing of a patient. */
export function removeBackup({ path }: BackupFile): void {
  onFile(path, () => {
    rmSync(path);
    rmSync(manifestPath(path), { force: true });
  });
}
