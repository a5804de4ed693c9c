import type { AuditAction } from '../../store/audit.ts';
import type { Clinic } from '../../store/clinic.ts';
import { JUST_NOW } from '../just-now.ts';
import type { SchedulerContext } from '../scheduler-context.ts';

/** Something that whoever acts may have done in a clinic. */
export interface Deed {
  readonly clinic: Clinic;
  readonly action: AuditAction;
  /** The clinic's id of the episode that it was done to; absent: whatever it was done to. */
  readonly episode?: string | undefined;
}

/** So many of the newest rows are looked at: more than one deed writes behind another in a few minutes. */
const NEWEST = 1000;

/** Whether whoever acts did something just now, by the audit log. */
export async function actedJustNow(
  { store, clock, actor }: SchedulerContext,
  { clinic, action, episode }: Deed,
): Promise<boolean> {
  const heads =
    episode === undefined ? [] : await store.findEpisodes(clinic.id, { externalId: episode });
  if (episode !== undefined && heads.length === 0) return false;
  const since = clock() - JUST_NOW;
  const { seq } = await store.auditHead();
  const rows = await store.pageAudit({ after: Math.max(0, seq - NEWEST), limit: NEWEST });
  return rows.some(
    (row) =>
      row.at >= since &&
      row.actor === actor &&
      row.clinic === clinic.id &&
      row.action === action &&
      (episode === undefined || row.episode === heads[0]?.id),
  );
}
