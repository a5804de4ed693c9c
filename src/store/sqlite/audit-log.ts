import type { Act } from '../act.ts';
import type { AuditEntry, AuditHead, AuditQuery, AuditReport, AuditRow } from '../audit.ts';
import { EMPTY_HEAD, nextRow, type Seal, sealedHead, verifyChain } from '../audit-chain.ts';
import { StoreFault } from '../store-fault.ts';
import type { Connection, Row } from './connection.ts';
import { text, textOrNull, whole, wholeOrNull } from './rows.ts';

const COLUMNS = 'seq, at, actor, clinic_id, action, episode_id, version, detail, content, seal';

function readRow(row: Row): AuditRow {
  return {
    seq: whole(row, 'seq'),
    at: whole(row, 'at'),
    actor: text(row, 'actor'),
    clinic: wholeOrNull(row, 'clinic_id'),
    action: text(row, 'action'),
    episode: wholeOrNull(row, 'episode_id'),
    version: wholeOrNull(row, 'version'),
    detail: text(row, 'detail'),
    content: textOrNull(row, 'content'),
    seal: text(row, 'seal'),
  };
}

/** The end of the log, with the time of its newest row. */
export interface LogEnd extends AuditHead {
  readonly at: number | null;
}

export function logEnd(connection: Connection): LogEnd {
  const row = connection.get('SELECT seq, at, seal FROM audit ORDER BY seq DESC LIMIT 1');
  if (row === undefined) return { ...EMPTY_HEAD, at: null };
  return { seq: whole(row, 'seq'), seal: text(row, 'seal'), at: whole(row, 'at') };
}

function keptHead(connection: Connection): string {
  const row = connection.get("SELECT value FROM meta WHERE name = 'audit_head'");
  return row === undefined ? '' : text(row, 'value');
}

/** The end of the log, proved: a log whose end was cut off is never written on. @throws StoreFault */
export function provedEnd(connection: Connection, seal: Seal): LogEnd {
  const end = logEnd(connection);
  if (sealedHead(seal, end) === keptHead(connection)) return end;
  throw new StoreFault(
    'damaged',
    `${connection.path}: the audit log does not end where it should; run the audit check`,
  );
}

/** Writes the row that follows a head, inside the transaction of its change. @returns the new head */
export function insertRow(
  connection: Connection,
  seal: Seal,
  head: AuditHead,
  act: Act,
  entry: AuditEntry,
): AuditHead {
  const row = nextRow(seal, head, act, entry);
  connection.run(
    `INSERT INTO audit (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.seq,
    row.at,
    row.actor,
    row.clinic,
    row.action,
    row.episode,
    row.version,
    row.detail,
    row.content,
    row.seal,
  );
  return { seq: row.seq, seal: row.seal };
}

/** Keeps where the log now ends, before the transaction does. */
export function keepHead(connection: Connection, seal: Seal, head: AuditHead): void {
  connection.run(
    `INSERT INTO meta (name, value) VALUES ('audit_head', ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    sealedHead(seal, head),
  );
}

export function pageAudit(connection: Connection, { after, limit }: AuditQuery): AuditRow[] {
  return connection
    .all(`SELECT ${COLUMNS} FROM audit WHERE seq > ? ORDER BY seq LIMIT ?`, after, limit)
    .map(readRow);
}

/** Every row of the log, one by one, in order. */
export function* eachAuditRow(connection: Connection): Generator<AuditRow> {
  for (const row of connection.each(`SELECT ${COLUMNS} FROM audit ORDER BY seq`))
    yield readRow(row);
}

/** Checks the whole log at one moment. */
export function verifyLog(connection: Connection, seal: Seal, outside?: AuditHead): AuditReport {
  return connection.read(() =>
    verifyChain(seal, eachAuditRow(connection), keptHead(connection), outside),
  );
}
