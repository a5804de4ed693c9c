import type { FileSettings, StoreFiles } from '../store-files.ts';
import { backupStore } from './backup.ts';
import { backupsIn, removeBackup } from './backups.ts';
import { createStore } from './create-store.ts';
import { hmacSeal } from './hmac-seal.ts';
import { makeRoom } from './make-room.ts';
import { readMigrations } from './migrations.ts';
import { openStore, type SqliteSettings } from './open-store.ts';
import { refuseOccupied, restoreStore } from './restore.ts';
import { leftoversIn, lookAt, modeOf } from './store-place.ts';
import { verifyStore } from './verify-store.ts';

function withSeal({ key, act }: FileSettings): SqliteSettings {
  return { seal: hmacSeal(key), act };
}

/** SQLite stores as files. */
export const sqliteFiles: StoreFiles = {
  create: async (path, settings) =>
    createStore(path, { ...withSeal(settings), uidSecret: settings.uidSecret }),
  open: async (path, settings) => openStore(path, withSeal(settings)),
  backup: async (path, target, settings) => backupStore(path, target, withSeal(settings)),
  restore: async (backup, path, settings) => restoreStore(backup, path, withSeal(settings)),
  vacant: async (path) => refuseOccupied(path),
  makeRoom: async (path) => makeRoom(path),
  backups: async (folder) => backupsIn(folder),
  removeBackup: async (backup) => removeBackup(backup),
  writesSchema: async () => readMigrations().length,
  look: async (path) => lookAt(path),
  leftovers: async (folder) => leftoversIn(folder),
  modeOf: async (path) => modeOf(path),
  verify: async (path, settings, outside) => verifyStore(path, withSeal(settings), outside),
};
