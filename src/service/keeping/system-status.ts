import type { AuditHead } from '../../store/audit.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { LoggedOperation, OperationKind } from '../../store/operation.ts';
import { type ClinicStatus, storeStatus } from '../night/store-status.ts';
import type { SchedulerContext } from '../scheduler-context.ts';

export type { AuditBreach, AuditReport } from '../../store/audit.ts';
export type { LoggedOperation } from '../../store/operation.ts';

/** How things stand with the service for one clinic. */
export interface SystemStatus {
  readonly nightly: ClinicStatus;
  /** The newest of each kind, of the whole store; null: none was ever noted. */
  readonly operations: Readonly<Record<OperationKind, LoggedOperation | null>>;
  readonly auditHead: AuditHead;
  /** How many episodes the clinic has, those whose surveillance has ended too. */
  readonly episodes: number;
}

/** What somebody who looks after the service must know of it. */
export async function systemStatus(
  context: Pick<SchedulerContext, 'store' | 'clock'>,
  clinic: Clinic,
): Promise<SystemStatus> {
  const { store } = context;
  const [nightly] = await storeStatus(context, [clinic]);
  const last = await store.lastOperations();
  const newest = (wanted: OperationKind) => last.find(({ kind }) => kind === wanted) ?? null;
  const followers = await store.countFollowers(clinic.id);
  return {
    nightly: nightly as ClinicStatus,
    operations: { backup: newest('backup'), drill: newest('drill') },
    auditHead: await store.auditHead(),
    episodes: followers.reduce((sum, { episodes }) => sum + episodes, 0),
  };
}
