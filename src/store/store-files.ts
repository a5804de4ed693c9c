import type { Act } from './act.ts';
import type { AuditHead } from './audit.ts';
import type { FileReport } from './file-report.ts';
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

  /** Checks a whole file and changes nothing; `outside` is a head that was kept elsewhere. */
  verify(path: string, settings: FileSettings, outside?: AuditHead): Promise<FileReport>;
}
