import type { Clinic } from '../../store/clinic.ts';
import { pinnedProtocol } from '../episode/pinned-protocol.ts';
import type { SchedulerContext } from '../scheduler-context.ts';

/** A protocol version that the clinic's episodes may follow. */
export interface ApprovedVersion {
  readonly id: string;
  readonly version: string;
  /** The title that its file has; its id where it has none, or where this release cannot read it. */
  readonly title: string;
}

/** The protocol versions that a clinician approved for the clinic, the newest of each id first. */
export async function approvedProtocols(
  context: Pick<SchedulerContext, 'store' | 'protocols' | 'sha256'>,
  clinic: Clinic,
): Promise<readonly ApprovedVersion[]> {
  const approved: ApprovedVersion[] = [];
  for (const kept of await context.store.listProtocols(clinic.id)) {
    const { id, version, approvals } = kept;
    if (approvals.length === 0) continue;
    const read = await pinnedProtocol(context, clinic.id, kept);
    approved.push({ id, version, title: (read.ok ? read.value.title : undefined) ?? id });
  }
  const ids = [...new Set(approved.map(({ id }) => id))];
  return ids.flatMap((wanted) => approved.filter(({ id }) => id === wanted).reverse());
}
