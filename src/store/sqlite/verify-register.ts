import { contentSeal, type Seal } from '../audit-chain.ts';
import { approvalContent, clinicContent, protocolContent } from '../content.ts';
import type { Connection } from './connection.ts';
import { listClinics, listProtocols } from './protocols.ts';
import { text } from './rows.ts';

/** Compares the store's own settings, its clinics and their protocols with the audit log. */
export function* registerFindings(connection: Connection, seal: Seal): Generator<string> {
  const known = knownContents(connection, seal);
  yield* storeFindings(connection, known);
  yield* clinicFindings(connection, known);
  yield* countFindings(connection);
}

/** Whether the log knows a content of an action, for a clinic or (null) the store as a whole. */
type Known = (action: string, clinic: number | null, content: string) => boolean;

function knownContents(connection: Connection, seal: Seal): Known {
  const rows = connection.all(
    `SELECT action, clinic_id, content FROM audit WHERE action IN
       ('store.created', 'clinic.created', 'protocol.recorded', 'protocol.approved')`,
  );
  const name = (action: unknown, clinic: unknown, digest: unknown) =>
    JSON.stringify([action, clinic, digest]);
  const names = new Set(rows.map((row) => name(row.action, row.clinic_id, row.content)));
  return (action, clinic, content) => names.has(name(action, clinic, contentSeal(seal, content)));
}

function* storeFindings(connection: Connection, known: Known): Generator<string> {
  const row = connection.get("SELECT value FROM meta WHERE name = 'uid_secret'");
  if (!known('store.created', null, text(row ?? {}, 'value'))) {
    yield 'the secret of the calendar UIDs was changed';
  }
  const unknown = connection.get(
    "SELECT 1 FROM meta WHERE name NOT IN ('uid_secret', 'audit_key', 'audit_head', 'purge_pending')",
  );
  if (unknown !== undefined) yield 'the store has a setting that no release writes';
  const stray = connection.get(
    `SELECT 1 FROM schema_migration WHERE applied_at NOT IN
       (SELECT at FROM audit WHERE action IN ('store.created', 'store.migrated'))`,
  );
  if (stray !== undefined) yield 'the audit log does not know a migration';
}

function* clinicFindings(connection: Connection, known: Known): Generator<string> {
  for (const clinic of listClinics(connection)) {
    const { id } = clinic;
    const fits = (action: string, content: string) => known(action, id, content);
    if (!fits('clinic.created', clinicContent(clinic))) yield `clinic ${id} was changed`;
    for (const protocol of listProtocols(connection, id)) {
      const { approvals, ...version } = protocol;
      if (!fits('protocol.recorded', protocolContent(version))) {
        yield `a protocol version of clinic ${id} was changed`;
      }
      for (const approval of approvals) {
        if (!fits('protocol.approved', approvalContent(approval))) {
          yield `an approval of clinic ${id} was changed`;
        }
      }
    }
  }
}

/** Rows without an audit row, audit rows without a row, and rows that name another author. */
function* countFindings(connection: Connection): Generator<string> {
  for (const [table, action] of [
    ['clinic', 'clinic.created'],
    ['protocol_version', 'protocol.recorded'],
    ['protocol_approval', 'protocol.approved'],
  ] as const) {
    const row = connection.get(
      `SELECT (SELECT count(*) FROM ${table}) AS rows,
              (SELECT count(*) FROM audit WHERE action = ?) AS written`,
      action,
    );
    if (row?.rows !== row?.written) yield `rows of ${table} are missing or were added`;
  }
  for (const [table, action] of [
    ['protocol_version', 'protocol.recorded'],
    ['protocol_approval', 'protocol.approved'],
  ] as const) {
    const stray = connection.get(
      `SELECT 1 FROM ${table} t WHERE NOT EXISTS (
         SELECT 1 FROM audit a WHERE a.action = ? AND a.clinic_id = t.clinic_id
           AND a.at = t.recorded_at AND a.actor = t.recorded_by)`,
      action,
    );
    if (stray !== undefined) yield `the author of a row of ${table} was changed`;
  }
}
