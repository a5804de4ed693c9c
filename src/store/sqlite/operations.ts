import { operationEntry } from '../access-audit.ts';
import type { Act } from '../act.ts';
import {
  type LoggedOperation,
  OPERATION_KINDS,
  OPERATION_OUTCOMES,
  type Operation,
} from '../operation.ts';
import { done, type Result } from '../result.ts';
import type { Connection, Row } from './connection.ts';
import { text, whole, word } from './rows.ts';
import type { Note } from './unit-of-work.ts';

/** The ledger of what was done with the store as a whole. */

/** @throws StoreFault `damaged` */
export function readOperation(row: Row): LoggedOperation {
  return {
    kind: word(row, 'kind', OPERATION_KINDS),
    outcome: word(row, 'outcome', OPERATION_OUTCOMES),
    detail: text(row, 'detail'),
    actor: text(row, 'recorded_by'),
    at: whole(row, 'recorded_at'),
  };
}

export function lastOperations(connection: Connection): LoggedOperation[] {
  return connection
    .all(
      `SELECT * FROM operation WHERE seq IN (SELECT max(seq) FROM operation GROUP BY kind)
       ORDER BY kind`,
    )
    .map(readOperation);
}

export function recordOperation(
  connection: Connection,
  { at, actor }: Act,
  note: Note,
  { kind, outcome, detail }: Operation,
): Result<null> {
  const newest = connection.get('SELECT max(seq) AS seq FROM operation');
  const seq = Number(newest?.seq ?? 0) + 1;
  const logged = {
    kind,
    outcome,
    detail: detail.toWellFormed(),
    actor: actor.toWellFormed(),
    at,
  };
  connection.run(
    `INSERT INTO operation (seq, kind, outcome, detail, recorded_at, recorded_by)
     VALUES (?, ?, ?, ?, ?, ?)`,
    seq,
    kind,
    outcome,
    logged.detail,
    at,
    logged.actor,
  );
  note(operationEntry(seq, logged));
  return done(null);
}
