import type { Manifest } from '../../store/manifest.ts';
import type { StoreAccess, StoreHost } from '../open-context.ts';

/** A backup that is to stand in the place of a store that is gone. */
export interface RestoreWork {
  readonly backup: string;
  /** An empty folder, for a dry run: the backup is restored there, whole, and nothing else happens. */
  readonly trialFolder?: string | undefined;
}

export interface RestoredBackup {
  readonly manifest: Manifest;
  /** Milliseconds since it was made: what was recorded in that time is not in it. */
  readonly ageMs: number;
}

/** Puts a backup in the place of a store; a place where something stands is refused. @throws StoreFault */
export async function restoreBackup(
  { files, clock }: StoreHost,
  { database, key, actor }: StoreAccess,
  { backup, trialFolder }: RestoreWork,
): Promise<RestoredBackup> {
  const act = { actor, at: clock() };
  await files.vacant(database);
  const target = trialFolder === undefined ? database : `${trialFolder}/trial.db`;
  const manifest = await files.restore(backup, target, { key, act });
  return { manifest, ageMs: act.at - manifest.madeAt };
}
