import type { Clinic } from '../../store/clinic.ts';
import { clinicProtocols } from '../clinic/clinic-protocols.ts';
import { pagesOfCases } from '../episode/each-case.ts';
import { storeStatus } from '../night/store-status.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import type { DoctorFinding } from './doctor-finding.ts';

export interface ExaminedClinic {
  readonly clinic: string;
  /** Episodes that were not erased. */
  readonly episodes: number;
  /** How many have kept dates that rest on an earlier version of them. */
  readonly stalePlans: number;
  /** When the last nightly run finished, in milliseconds since 1970-01-01T00:00Z; null: there is none. */
  readonly lastRunAt: number | null;
  readonly findings: readonly DoctorFinding[];
}

/** A night and two hours. */
const LONGEST_NIGHT_MS = 26 * 3_600_000;

/** Looks at the clinics of a store: protocols that can be read, kept dates, the nightly job. */
export async function examineClinics(
  context: SchedulerContext,
): Promise<readonly ExaminedClinic[]> {
  const examined: ExaminedClinic[] = [];
  for (const clinic of await context.store.listClinics()) {
    examined.push(await examineClinic(context, clinic));
  }
  return examined;
}

async function examineClinic(context: SchedulerContext, clinic: Clinic): Promise<ExaminedClinic> {
  let episodes = 0;
  let stalePlans = 0;
  for await (const page of pagesOfCases(context, clinic.id)) {
    episodes += page.length;
    stalePlans += page.filter(({ version, planVersion }) => version !== planVersion).length;
  }
  const { lastRunAt, findings } = await examineNights(context, clinic);
  return {
    clinic: clinic.code,
    episodes,
    stalePlans,
    lastRunAt,
    findings: [
      ...(await protocolFindings(context, clinic)),
      ...(stalePlans === 0 ? [] : [stalePlansFinding(clinic, stalePlans)]),
      ...findings,
    ],
  };
}

function stalePlansFinding({ code }: Clinic, count: number): DoctorFinding {
  return {
    severity: 'advice',
    code: 'stale-plans',
    message: `clinic ${code}: the kept dates of ${count} episodes rest on an earlier version of them`,
    mend: 'the due list is computed anew and does not need them; the next nightly run keeps new ones',
  };
}

async function protocolFindings(
  context: SchedulerContext,
  clinic: Clinic,
): Promise<DoctorFinding[]> {
  const protocols = await clinicProtocols(context, clinic);
  const findings = protocols
    .filter(({ readable }) => !readable)
    .map(
      ({ id, version, episodes }): DoctorFinding => ({
        severity: episodes > 0 ? 'finding' : 'advice',
        code: 'protocol-unreadable',
        message: `clinic ${clinic.code}: this release cannot read protocol ${id} ${version}, which ${episodes} episodes follow`,
        mend: 'until they adopt a version that it can read they cannot be planned: cryowatch protocol adopt',
      }),
    );
  if (protocols.some(({ approvals }) => approvals.length > 0)) return findings;
  return [
    ...findings,
    {
      severity: 'advice',
      code: 'no-protocol',
      message: `clinic ${clinic.code}: no clinician has approved a protocol; no episode can be registered`,
      mend: `cryowatch protocol approve staged-risk-adapted --clinic ${clinic.code} --clinician NAME`,
    },
  ];
}

async function examineNights(
  context: SchedulerContext,
  clinic: Clinic,
): Promise<Pick<ExaminedClinic, 'lastRunAt' | 'findings'>> {
  const [status] = await storeStatus(context, [clinic]);
  const findings: DoctorFinding[] = [];
  const age = status?.age ?? null;
  if (age === null) {
    findings.push({
      severity: 'advice',
      code: 'no-nightly-run',
      message: `clinic ${clinic.code}: the nightly job has never finished`,
      mend: 'let it run each night: docs/operations.md',
    });
  } else if (age > LONGEST_NIGHT_MS) {
    findings.push({
      severity: 'finding',
      code: 'nightly-late',
      message: `clinic ${clinic.code}: the last nightly run finished ${Math.floor(age / 3_600_000)} hours ago`,
      mend: 'see why: cryowatch status; run it now: cryowatch nightly',
    });
  }
  if (status?.unfinished?.state === 'killed') {
    findings.push({
      severity: 'finding',
      code: 'nightly-killed',
      message: `clinic ${clinic.code}: the newest nightly run was killed`,
      mend: 'run it again: cryowatch nightly',
    });
  }
  return { lastRunAt: status?.lastRun?.finishedAt ?? null, findings };
}
