import { counted } from '../../domain/counted.ts';
import type { Finding } from '../../store/file-report.ts';
import type { Manifest } from '../../store/manifest.ts';
import type { Operation } from '../../store/operation.ts';
import { StoreFault } from '../../store/store-fault.ts';
import { openContext, type StoreAccess, type StoreHost } from '../open-context.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { fail, type ServiceOutcome, succeed } from '../service-outcome.ts';
import { type DrilledClinic, drillClinic } from './drill-clinic.ts';
import { fileName, noteOperation } from './note-operation.ts';
import { isTooOld, ownBackups } from './own-backups.ts';

/** Where the backups are, and where one may be restored to for a while. */
export interface DrillWork {
  readonly folder: string;
  /** An empty folder; the caller takes it away. */
  readonly trialFolder: string;
  /** How old the newest backup may be, in milliseconds; absent: however old. */
  readonly maxAgeMs?: number | undefined;
}

export interface Drilled {
  readonly backup: string;
  readonly manifest: Manifest;
  readonly ageMs: number;
  readonly tooOld: boolean;
  /** Other files of the folder with the name of a backup: unfinished, or of another store. */
  readonly others: number;
  /** What the check of the whole restored file found. */
  readonly findings: readonly Finding[];
  readonly clinics: readonly DrilledClinic[];
}

/**
 * Restores the newest backup of the store elsewhere, checks it whole, and compares its due list, as of
 * the day on which it was made, with that of the store. Changes neither, but for a line in the store's
 * ledger that tells how it went. @throws StoreFault
 */
export async function drill(
  host: StoreHost,
  access: StoreAccess,
  work: DrillWork,
): Promise<ServiceOutcome<Drilled>> {
  const kind = 'drill';
  try {
    const drilled = await drillOnce(host, access, work);
    await noteOperation(host, access, { kind, ...resultOf(drilled) });
    return drilled;
  } catch (error) {
    if (error instanceof StoreFault) {
      await noteOperation(host, access, { kind, outcome: 'failed', detail: error.kind });
    }
    throw error;
  }
}

function resultOf(drilled: ServiceOutcome<Drilled>): Omit<Operation, 'kind'> {
  if (!drilled.ok) {
    const detail = drilled.problems.map(({ message }) => message).join('; ');
    return { outcome: 'failed', detail };
  }
  const { backup, clinics, findings, tooOld } = drilled.value;
  const count = (number: (clinic: DrilledClinic) => number) =>
    clinics.reduce((sum, clinic) => sum + number(clinic), 0);
  const alike = count(({ same }) => same);
  const wrong = count(({ differ, lost, unplanned }) => differ.length + lost.length + unplanned);
  const told = [
    `${fileName(backup)}: ${counted(alike, 'episode')} alike`,
    ...(wrong === 0 ? [] : [`${wrong} not`]),
    ...(findings.length === 0 ? [] : [`${findings.length} findings in the file`]),
    ...(tooOld ? ['too old'] : []),
  ];
  return { outcome: isSound(drilled.value) ? 'ok' : 'failed', detail: told.join(', ') };
}

async function drillOnce(
  host: StoreHost,
  access: StoreAccess,
  { folder, trialFolder, maxAgeMs }: DrillWork,
): Promise<ServiceOutcome<Drilled>> {
  const { key, actor } = access;
  const live = await openContext(host, access);
  try {
    const { own, others } = await ownBackups(host, live, folder);
    const [newest] = own;
    if (newest === undefined) {
      return fail('not-found', {
        path: '',
        message: 'the folder holds no finished backup of this store',
        found: `${others} of other stores, or unfinished`,
        mend: 'make one: cryowatch backup',
      });
    }
    const act = { actor, at: host.clock() };
    const database = `${trialFolder}/drill.db`;
    await host.files.restore(newest.path, database, { key, act });
    const { findings } = await host.files.verify(database, { key, act });
    const restored = await openContext(host, { ...access, database });
    try {
      const clinics = await drillClinics({ live, restored }, newest.manifest.madeAt);
      const { path: backup, manifest } = newest;
      const ageMs = act.at - manifest.madeAt;
      const tooOld = maxAgeMs !== undefined && isTooOld(ageMs, maxAgeMs);
      return succeed({ backup, manifest, ageMs, tooOld, others, findings, clinics });
    } finally {
      await restored.store.close();
    }
  } finally {
    await live.store.close();
  }
}

async function drillClinics(
  stores: { readonly live: SchedulerContext; readonly restored: SchedulerContext },
  madeAt: number,
): Promise<readonly DrilledClinic[]> {
  const clinics: DrilledClinic[] = [];
  for (const clinic of await stores.restored.store.listClinics()) {
    clinics.push(await drillClinic(stores, clinic, madeAt));
  }
  return clinics;
}

/** Whether a drill found nothing wrong. */
export function isSound({ findings, clinics, tooOld }: Drilled): boolean {
  return (
    !tooOld &&
    findings.length === 0 &&
    clinics.every(({ differ, lost, unplanned }) => differ.length + lost.length + unplanned === 0)
  );
}
