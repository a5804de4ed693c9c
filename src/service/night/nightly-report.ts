import type { DateText } from '../../domain/civil-date.ts';
import type { WorklistDiff } from '../../plan/worklist-diff.ts';
import type { Worklist } from '../../plan/worklist-row.ts';
import type { AuditHead } from '../../store/audit.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { UnplannedEpisode } from '../episode/unplanned-episode.ts';

/** What one night's run tells of one clinic. */
export interface NightlyReport {
  readonly clinic: Clinic;
  readonly asOf: DateText;
  /** The day of the last finished run before this day; null: this is the first. */
  readonly since: DateText | null;
  /** Nights between the two that had no run. Their changes are in this report. */
  readonly missedNights: number;
  /** What there is to do; items of the bucket `later` are left out and counted. */
  readonly worklist: Worklist;
  /** What became of the items since then; null: this is the first run. Items that lie later are left out. */
  readonly changes: WorklistDiff | null;
  /** How many episodes were looked at, without those that could not be planned. */
  readonly episodes: number;
  /** How many episodes were erased since then. */
  readonly erased: number;
  /** Whoever reads the list must be told of these. */
  readonly unplanned: readonly UnplannedEpisode[];
  /** The end of the audit log before the run: kept here, it proves that no end was cut off. */
  readonly auditHead: AuditHead;
}
