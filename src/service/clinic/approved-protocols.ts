import type { Clinic } from '../../store/clinic.ts';
import type { SchedulerContext } from '../scheduler-context.ts';

/** A protocol version that the clinic's episodes may follow. */
export interface ApprovedVersion {
  readonly id: string;
  readonly version: string;
}

/** The protocol versions that a clinician approved for the clinic, the newest of each id first. */
export async function approvedProtocols(
  { store }: Pick<SchedulerContext, 'store'>,
  clinic: Clinic,
): Promise<readonly ApprovedVersion[]> {
  const kept = await store.listProtocols(clinic.id);
  const approved = kept.filter(({ approvals }) => approvals.length > 0);
  const ids = [...new Set(approved.map(({ id }) => id))];
  return ids.flatMap((wanted) =>
    approved
      .filter(({ id }) => id === wanted)
      .map(({ id, version }) => ({ id, version }))
      .reverse(),
  );
}
