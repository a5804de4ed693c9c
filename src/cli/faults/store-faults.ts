import type { StoreFaultKind } from '../../service/store-access.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';

/** The exit code for each fault of a store's file. */
export const STORE_FAULT_EXIT: Readonly<Record<StoreFaultKind, ExitCode>> = {
  busy: EXIT.busy,
  full: EXIT.fault,
  'read-only': EXIT.fault,
  damaged: EXIT.storeUnusable,
  'not-ours': EXIT.storeUnusable,
  'too-new': EXIT.storeUnusable,
  missing: EXIT.notFound,
  exists: EXIT.invalidInput,
  'wrong-key': EXIT.storeUnusable,
  unsupported: EXIT.fault,
  io: EXIT.fault,
};

/** What a person can do about a fault of a store's file; undefined: the fault says it itself. */
export const STORE_FAULT_MEND: Readonly<Partial<Record<StoreFaultKind, string>>> = {
  busy: 'another process is writing; try again in a while',
  full: 'make room on the disk; nothing of this was kept',
  damaged: 'see cryowatch doctor; a backup that a drill finds sound: cryowatch restore',
  missing: 'make a store first: cryowatch init; or say where it is: --database',
  'wrong-key': 'say where its key file is: --key-file',
};
