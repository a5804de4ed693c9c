import { CLOCK_TOLERANCE_MS } from '../../store/act.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import type { DoctorFinding } from './doctor-finding.ts';

export interface ExaminedClock {
  /** How far the newest audit row lies ahead of this machine's clock, in milliseconds; negative: behind it. */
  readonly aheadMs: number;
  readonly findings: readonly DoctorFinding[];
}

/** Whether the order of time lets this machine write. */
export async function examineClock({
  store,
  clock,
}: Pick<SchedulerContext, 'store' | 'clock'>): Promise<ExaminedClock> {
  const { seq } = await store.auditHead();
  const [newest] = await store.pageAudit({ after: seq - 1, limit: 1 });
  const now = clock();
  const at = newest?.at ?? now;
  const aheadMs = at - now;
  if (aheadMs <= CLOCK_TOLERANCE_MS) return { aheadMs, findings: [] };
  return {
    aheadMs,
    findings: [
      {
        severity: 'finding',
        code: 'clock-behind',
        message: `row ${seq} of the audit log was written at ${iso(at)}, and the clock of this machine says ${iso(now)}: every change is refused`,
        mend: 'where the machine is wrong, set its clock; where it is right, an earlier clock was wrong: cryowatch doctor --accept-clock clock-was-ahead',
      },
    ],
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
