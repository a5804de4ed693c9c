import type { AuditHead } from '../../store/audit.ts';
import type { FileReport } from '../../store/file-report.ts';
import { StoreFault } from '../../store/store-fault.ts';
import { openContext, type StoreAccess, type StoreHost } from '../open-context.ts';
import type { DoctorFinding } from './doctor-finding.ts';
import { type BackupsWork, type ExaminedBackups, examineBackups } from './examine-backups.ts';
import { type ExaminedClinic, examineClinics } from './examine-clinics.ts';
import { type ExaminedClock, examineClock } from './examine-clock.ts';
import { type ExaminedPlace, examinePlace } from './examine-place.ts';

export type { DoctorFinding } from './doctor-finding.ts';

export interface ExaminationWork extends StoreAccess {
  readonly keyFile: string;
  /** Absent: backups are not looked at. */
  readonly backups?: BackupsWork | undefined;
}

/** What a look at a whole store found; parts that could not be looked at are null. */
export interface Examined {
  readonly database: string;
  readonly place: Omit<ExaminedPlace, 'findings'>;
  readonly audit: { readonly rows: number; readonly head: AuditHead } | null;
  readonly clock: Omit<ExaminedClock, 'findings'> | null;
  readonly clinics: readonly Omit<ExaminedClinic, 'findings'>[];
  readonly backups: Omit<ExaminedBackups, 'findings'> | null;
  /** Damage first. */
  readonly findings: readonly DoctorFinding[];
}

/**
 * Looks at everything about a store that can go wrong, and says what to do about each. It changes
 * nothing, but that an older store is brought to this release's schema, as by every opening.
 * @throws StoreFault for a file that is no store, too new, missing, or sealed with another key
 */
export async function examineStore(host: StoreHost, work: ExaminationWork): Promise<Examined> {
  const { database, key, actor } = work;
  const { findings: placeFindings, ...place } = await examinePlace(host, work);
  const act = { actor, at: host.clock() };
  const report = await host.files.verify(database, { key, act });
  const inside = await examineInside(host, work);
  const { audit } = report;
  return {
    database,
    place,
    audit: audit === null ? null : { rows: audit.rows, head: audit.head },
    ...inside,
    findings: [...fileFindings(report), ...inside.findings, ...placeFindings].toSorted(
      (a, b) => RANK.indexOf(a.severity) - RANK.indexOf(b.severity),
    ),
  };
}

const RANK = ['damage', 'finding', 'advice'];

function fileFindings({ findings, purgePending }: FileReport): DoctorFinding[] {
  const told = findings.map(
    ({ kind, message }): DoctorFinding => ({
      severity: 'damage',
      code: kind,
      message,
      mend: 'stop writing, keep the file as it is, and restore the newest backup that a drill finds sound',
    }),
  );
  if (!purgePending) return told;
  return [
    ...told,
    {
      severity: 'finding',
      code: 'purge-unfinished',
      message: 'traces of erased patients are left in the file, as others were using it',
      mend: 'when nobody else is using the store: cryowatch doctor --purge',
    },
  ];
}

type Inside = Pick<Examined, 'clock' | 'clinics' | 'backups' | 'findings'>;

/** A store that is too damaged to be opened has no inside; that it is damaged was found before. */
async function examineInside(host: StoreHost, work: ExaminationWork): Promise<Inside> {
  try {
    const context = await openContext(host, work);
    try {
      const { findings: clockFindings, ...clock } = await examineClock(context);
      const clinics = await examineClinics(context);
      const looked =
        work.backups === undefined ? null : await examineBackups(host, context, work.backups);
      return {
        clock,
        clinics: clinics.map(({ findings: _findings, ...clinic }) => clinic),
        backups: looked === null ? null : { count: looked.count, newest: looked.newest },
        findings: [
          ...clockFindings,
          ...clinics.flatMap(({ findings }) => findings),
          ...(looked?.findings ?? []),
        ],
      };
    } finally {
      await context.store.close();
    }
  } catch (error) {
    if (!(error instanceof StoreFault) || error.kind !== 'damaged') throw error;
    const { message } = error;
    const mend = 'restore the newest backup that a drill finds sound: cryowatch restore';
    const findings: DoctorFinding[] = [{ severity: 'damage', code: 'unreadable', message, mend }];
    return { clock: null, clinics: [], backups: null, findings };
  }
}
