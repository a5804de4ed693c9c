import type { Act } from './act.ts';
import type { AuditHead } from './audit.ts';
import type { BackupFile, FileReport, StorePlace } from './file-report.ts';
import type { Manifest } from './manifest.ts';
import type { Store } from './store.ts';

/** What every work on a store's file needs. */
export interface FileSettings {
  /** Seals the audit log: at least 32 bytes, kept apart from the store. */
  readonly key: Uint8Array;
  /** Who does it, and when. */
  readonly act: Act;
}

/**
 * The stores as files; handed to use cases by the composition root.
 * A fault of a file is a thrown `StoreFault`.
 */
export interface StoreFiles {
  /** Makes a new store and opens it; a file that is there already is never touched. */
  create(path: string, settings: FileSettings & { readonly uidSecret: string }): Promise<Store>;

  /** Opens a store; an older one is backed up beside itself and migrated first. */
  open(path: string, settings: FileSettings): Promise<Store>;

  /** Writes a copy of a store as it stands at one moment, while others go on writing. */
  backup(path: string, target: string, settings: FileSettings): Promise<Manifest>;

  /** Puts a backup in the place of a store that is gone; nothing may stand there. */
  restore(backup: string, path: string, settings: FileSettings): Promise<Manifest>;

  /** Refuses, by throwing, a place where a store or the log of one stands. */
  vacant(path: string): Promise<void>;

  /** The same, and makes the folder of a new store; refuses, by throwing, a place that takes none. */
  makeRoom(path: string): Promise<void>;

  /** The files of a folder that have the name of a backup (`backupName`), the newest name first. */
  backups(folder: string): Promise<readonly BackupFile[]>;

  /** Takes a backup away, then its manifest. */
  removeBackup(backup: BackupFile): Promise<void>;

  /** The version of the schema to which `open` brings a store. */
  writesSchema(): Promise<number>;

  /** Looks at a store's place; the store is not opened. */
  look(path: string): Promise<StorePlace>;

  /** Folders with copies of stores in a folder, which work leaves there while it runs, and when it is killed. */
  leftovers(folder: string): Promise<readonly string[]>;

  /** The permission bits of a file, 0o600 say. */
  modeOf(path: string): Promise<number>;

  /** Checks a whole file and changes nothing; `outside` is a head that was kept elsewhere. */
  verify(path: string, settings: FileSettings, outside?: AuditHead): Promise<FileReport>;
}
