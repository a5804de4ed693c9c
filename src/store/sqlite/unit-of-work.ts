import { type Act, CLOCK_TOLERANCE_MS } from '../act.ts';
import type { AuditEntry, AuditHead } from '../audit.ts';
import type { Seal } from '../audit-chain.ts';
import { type Result, refused } from '../result.ts';
import { StoreFault } from '../store-fault.ts';
import { insertRow, keepHead, provedEnd } from './audit-log.ts';
import type { Connection } from './connection.ts';

/** An open store: its file, the key of its log, and the schema that it was opened at. */
export interface OpenFile {
  readonly connection: Connection;
  readonly seal: Seal;
  readonly schemaVersion: number;
}

/** Notes a change for the audit log. Work that notes nothing has changed nothing. */
export type Note = (entry: AuditEntry) => void;

/**
 * Does a piece of work and writes its audit rows in one transaction, which is kept only when the work
 * was done and noted. `any`: also with a clock that lies before the newest audit row.
 */
export function unitOfWork<T>(
  { connection, seal, schemaVersion }: OpenFile,
  act: Act,
  work: (note: Note) => Result<T>,
  clock: 'in-order' | 'any' = 'in-order',
): Result<T> {
  let noted = false;
  return connection.write(
    () => {
      if (connection.pragma('user_version') !== schemaVersion) {
        throw new StoreFault('too-new', `${connection.path}: a newer release migrated the store`);
      }
      const end = provedEnd(connection, seal);
      const behind = end.at !== null && act.at < end.at - CLOCK_TOLERANCE_MS;
      if (behind && clock === 'in-order') return refused('clock-behind');
      let head: AuditHead = end;
      const result = work((entry) => {
        head = insertRow(connection, seal, head, act, entry);
        noted = true;
      });
      if (noted) keepHead(connection, seal, head);
      return result;
    },
    ({ outcome }) => outcome === 'ok' && noted,
  );
}
