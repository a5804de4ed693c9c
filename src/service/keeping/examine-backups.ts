import type { StoreHost } from '../open-context.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import type { DoctorFinding } from './doctor-finding.ts';
import { leftoverFindings } from './examine-place.ts';
import { isTooOld, ownBackups } from './own-backups.ts';

/** A folder of backups, and how old the newest may be, in milliseconds. */
export interface BackupsWork {
  readonly folder: string;
  readonly maxAgeMs: number;
}

export interface ExaminedBackups {
  /** Finished ones of this store. */
  readonly count: number;
  readonly newest: { readonly path: string; readonly madeAt: number } | null;
  readonly findings: readonly DoctorFinding[];
}

/** Looks at a folder of backups, without restoring one: that is the drill's. @throws StoreFault */
export async function examineBackups(
  host: Pick<StoreHost, 'files'>,
  context: SchedulerContext,
  { folder, maxAgeMs }: BackupsWork,
): Promise<ExaminedBackups> {
  const { own } = await ownBackups(host, context, folder);
  const [newest] = own;
  const findings = await leftoverFindings(host.files, folder);
  if (newest === undefined) {
    const message = `${folder} holds no finished backup of this store`;
    findings.push({ severity: 'finding', code: 'no-backup', message, mend: MEND });
    return { count: 0, newest: null, findings };
  }
  const { path, manifest } = newest;
  const ageMs = context.clock() - manifest.madeAt;
  if (isTooOld(ageMs, maxAgeMs)) {
    const message =
      ageMs < 0
        ? 'the newest backup was made by a clock that was ahead of this one'
        : `the newest backup is ${Math.floor(ageMs / 3_600_000)} hours old`;
    findings.push({ severity: 'finding', code: 'backup-old', message, mend: MEND });
  }
  return { count: own.length, newest: { path, madeAt: manifest.madeAt }, findings };
}

const MEND = 'make one, and see that it is made each day: cryowatch backup';
