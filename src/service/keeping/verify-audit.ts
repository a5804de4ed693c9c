import type { AuditHead } from '../../store/audit.ts';
import type { FileReport } from '../../store/file-report.ts';
import type { StoreAccess, StoreHost } from '../open-context.ts';

export type { AuditBreach, AuditHead } from '../../store/audit.ts';
export type { FileReport } from '../../store/file-report.ts';

/**
 * Checks the whole audit log, and every row of the store against it. `outside` is a head that was kept
 * elsewhere, in a manifest or a nightly report: it alone shows that an older copy was put back. Changes
 * nothing. @throws StoreFault
 */
export function verifyAudit(
  { files, clock }: Pick<StoreHost, 'files' | 'clock'>,
  { database, key, actor }: StoreAccess,
  outside?: AuditHead,
): Promise<FileReport> {
  return files.verify(database, { key, act: { actor, at: clock() } }, outside);
}
