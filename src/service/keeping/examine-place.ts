import type { StorePlace } from '../../store/file-report.ts';
import { StoreFault } from '../../store/store-fault.ts';
import type { StoreHost } from '../open-context.ts';
import type { DoctorFinding } from './doctor-finding.ts';

/** A store and its key as files. */
export interface PlaceWork {
  readonly database: string;
  readonly keyFile: string;
}

export interface ExaminedPlace extends StorePlace {
  /** The permission bits of the key file; null: it is no file of this disk. */
  readonly keyMode: number | null;
  readonly findings: readonly DoctorFinding[];
}

/** A purge writes the store anew beside the old one, and so does a backup in the same place. */
const ROOM = 2;
const OTHERS = 0o077;

/** Looks at what is around a store: its key, the room on its disk, what killed work left. */
export async function examinePlace(
  { files }: Pick<StoreHost, 'files'>,
  { database, keyFile }: PlaceWork,
): Promise<ExaminedPlace> {
  const place = await files.look(database);
  const keyMode = await modeOrNull(files, keyFile);
  const findings: DoctorFinding[] = [];
  if (keyMode !== null && (keyMode & OTHERS) !== 0) {
    findings.push({
      severity: 'finding',
      code: 'key-readable',
      message: `others than its owner may read the key file (mode ${keyMode.toString(8)})`,
      mend: `chmod 600 ${keyFile}`,
    });
  }
  if (folderOf(keyFile) === folderOf(database)) {
    findings.push({
      severity: 'advice',
      code: 'key-beside-store',
      message: 'the key lies beside the store: whoever takes the folder can forge the audit log',
      mend: 'move it where backups of the store do not go, and name it: --key-file',
    });
  }
  if (place.freeBytes < ROOM * place.bytes) {
    findings.push({
      severity: 'finding',
      code: 'little-room',
      message: `the disk has room for ${place.freeBytes} bytes; the store has ${place.bytes}`,
      mend: 'make room: a backup or a purge needs as much as the store, twice that is safe',
    });
  }
  findings.push(...(await leftoverFindings(files, folderOf(database))));
  for (const copy of place.copies) {
    findings.push({
      severity: 'advice',
      code: 'copy-before-migration',
      message: `${copy} is the store as it was before a newer release changed its schema`,
      mend: 'remove it with its manifest once the newer release has proved itself: patients erased since are in it',
    });
  }
  return { ...place, keyMode, findings };
}

/** Folders that killed work left in a folder. */
export async function leftoverFindings(
  files: StoreHost['files'],
  folder: string,
): Promise<DoctorFinding[]> {
  const leftovers = await files.leftovers(folder);
  return leftovers.map((path) => ({
    severity: 'finding',
    code: 'leftover',
    message: `${path} holds a copy of patients’ data that work which was killed, or runs now, left`,
    mend: 'remove the folder when no backup, restore or init is running',
  }));
}

async function modeOrNull(files: StoreHost['files'], path: string): Promise<number | null> {
  try {
    return await files.modeOf(path);
  } catch (error) {
    if (error instanceof StoreFault && error.kind === 'missing') return null;
    throw error;
  }
}

function folderOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end === -1 ? '.' : path.slice(0, end) || '/';
}
