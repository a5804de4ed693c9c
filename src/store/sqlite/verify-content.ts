import { contentSeal, type Seal } from '../audit-chain.ts';
import {
  approvalContent,
  calendarContent,
  clinicContent,
  eventsContent,
  factsContent,
  planContent,
  protocolContent,
} from '../content.ts';
import { type EventColumns, readEvent, readFacts } from '../event-text.ts';
import { entriesOf } from './calendars.ts';
import type { Connection, Row } from './connection.ts';
import { itemsOf } from './due-items.ts';
import { eventColumnsOf } from './events.ts';
import { listClinics, listProtocols } from './protocols.ts';
import { text, textOrNull, whole, wholeOrNull } from './rows.ts';

/**
 * Compares the tables with the digests in the audit log: rows that were changed, added or taken away
 * past the store. Each finding is one sentence.
 */
export function* contentFindings(connection: Connection, seal: Seal): Generator<string> {
  yield* storeFindings(connection, seal);
  yield* clinicFindings(connection, seal);
  yield* registerFindings(connection);
  yield* headFindings(connection, seal);
  yield* factsFindings(connection, seal);
  yield* eventFindings(connection, seal);
  yield* lostFindings(connection);
  yield* calendarFindings(connection, seal);
}

/** Whether the log knows a content of an action, for a clinic or the store as a whole. */
function known(connection: Connection, action: string, clinic: number | null, digest: string) {
  const sql = 'SELECT 1 FROM audit WHERE action = ? AND clinic_id IS ? AND content = ?';
  return connection.get(sql, action, clinic, digest) !== undefined;
}

function* storeFindings(connection: Connection, seal: Seal): Generator<string> {
  const row = connection.get("SELECT value FROM meta WHERE name = 'uid_secret'");
  const digest = contentSeal(seal, text(row ?? {}, 'value'));
  if (!known(connection, 'store.created', null, digest)) {
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

function* clinicFindings(connection: Connection, seal: Seal): Generator<string> {
  for (const clinic of listClinics(connection)) {
    const { id } = clinic;
    const fits = (action: string, content: string) =>
      known(connection, action, id, contentSeal(seal, content));
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
function* registerFindings(connection: Connection): Generator<string> {
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

/** The head of every episode: version, names, due items, erasure. */
function* headFindings(connection: Connection, seal: Seal): Generator<string> {
  const rows = connection.each(
    `SELECT e.id, e.clinic_id, e.version, e.plan_version, e.plan_seal, e.external_id, e.patient_ref,
            e.erased_at, a.version AS written, x.at AS erased, f.facts
     FROM episode e
     LEFT JOIN (SELECT episode_id, clinic_id, max(version) AS version FROM audit
                WHERE version IS NOT NULL GROUP BY episode_id, clinic_id) a
       ON a.episode_id = e.id AND a.clinic_id = e.clinic_id
     LEFT JOIN (SELECT j.value AS episode_id, max(at) AS at FROM audit, json_each(detail, '$.episodes') j
                WHERE action = 'patient.erased' GROUP BY j.value) x ON x.episode_id = e.id
     LEFT JOIN episode_facts f
       ON f.clinic_id = e.clinic_id AND f.episode_id = e.id AND f.version = e.facts_version`,
  );
  for (const row of rows) {
    const id = whole(row, 'id');
    if (row.version !== row.written) yield `the version of episode ${id} was changed`;
    if (row.erased_at !== row.erased) yield `the erasure of episode ${id} was changed`;
    if (row.erased_at === null && !sameNames(row)) yield `the names of episode ${id} were changed`;
    if (!samePlan(connection, seal, row)) yield `the due items of episode ${id} were changed`;
  }
}

function sameNames(row: Row): boolean {
  if (row.facts === null) return false;
  const facts = readFacts(text(row, 'facts'));
  return (
    facts.id.toWellFormed() === text(row, 'external_id') &&
    (facts.patientRef?.toWellFormed() ?? null) === textOrNull(row, 'patient_ref')
  );
}

function samePlan(connection: Connection, seal: Seal, row: Row): boolean {
  const episode = whole(row, 'id');
  const items = itemsOf(connection, whole(row, 'clinic_id'), episode);
  const restsOn = wholeOrNull(row, 'plan_version');
  if (restsOn === null) return items.length === 0;
  return contentSeal(seal, planContent({ episode, restsOn, items })) === row.plan_seal;
}

const FACTS_ACTIONS = "('episode.registered', 'episode.revised', 'episode.pinned')";

function* factsFindings(connection: Connection, seal: Seal): Generator<string> {
  const rows = connection.each(
    `SELECT f.*, a.content, a.at, a.actor FROM episode_facts f LEFT JOIN audit a
       ON a.episode_id = f.episode_id AND a.version = f.version AND a.clinic_id = f.clinic_id
       AND a.action IN ${FACTS_ACTIONS}`,
  );
  for (const row of rows) {
    const pin = {
      id: text(row, 'protocol_id'),
      version: text(row, 'protocol_version'),
      hash: text(row, 'protocol_hash'),
    };
    const digest = contentSeal(seal, factsContent(text(row, 'facts'), pin));
    if (digest !== row.content || !sameAuthor(row)) {
      yield `the facts of episode ${whole(row, 'episode_id')} were changed`;
    }
  }
}

function sameAuthor(row: Row): boolean {
  return row.recorded_at === row.at && row.recorded_by === row.actor;
}

function* eventFindings(connection: Connection, seal: Seal): Generator<string> {
  const rows = connection.each(
    `SELECT e.*, a.content, a.at, a.actor FROM event e LEFT JOIN audit a
       ON a.episode_id = e.episode_id AND a.version = e.version AND a.clinic_id = e.clinic_id
       AND a.action = 'events.appended'
     ORDER BY e.clinic_id, e.episode_id, e.seq`,
  );
  let group:
    | { readonly of: string; readonly row: Row; readonly events: EventColumns[] }
    | undefined;
  const finding = () =>
    group !== undefined && contentSeal(seal, eventsContent(group.events)) !== group.row.content
      ? [`the events of episode ${whole(group.row, 'episode_id')} were changed`]
      : [];
  let place = { episode: 0, seq: 0 };
  for (const row of rows) {
    const episode = whole(row, 'episode_id');
    const seq = whole(row, 'seq');
    const columns = eventColumnsOf(row);
    readEvent(columns);
    const expected = place.episode === episode ? place.seq + 1 : 1;
    if (!sameAuthor(row) || seq !== expected) yield `the events of episode ${episode} were changed`;
    place = { episode, seq };
    const of = `${episode} ${whole(row, 'version')}`;
    if (group?.of === of) group.events.push(columns);
    else {
      yield* finding();
      group = { of, row, events: [columns] };
    }
  }
  yield* finding();
}

/** What the log says was written and is not there, although the patient was not erased. */
function* lostFindings(connection: Connection): Generator<string> {
  const lost = connection.each(
    `SELECT DISTINCT a.episode_id FROM audit a
     LEFT JOIN episode e ON e.id = a.episode_id AND e.clinic_id = a.clinic_id
     WHERE a.version IS NOT NULL AND (e.id IS NULL OR (e.erased_at IS NULL AND CASE a.action
       WHEN 'events.appended' THEN NOT EXISTS (
         SELECT 1 FROM event v WHERE v.clinic_id = a.clinic_id AND v.episode_id = a.episode_id
           AND v.version = a.version)
       ELSE NOT EXISTS (
         SELECT 1 FROM episode_facts f WHERE f.clinic_id = a.clinic_id
           AND f.episode_id = a.episode_id AND f.version = a.version) END))`,
  );
  for (const row of lost) yield `rows of episode ${whole(row, 'episode_id')} are missing`;
  const left = connection.each(
    `SELECT id FROM episode e WHERE erased_at IS NOT NULL AND (
       EXISTS (SELECT 1 FROM event v WHERE v.clinic_id = e.clinic_id AND v.episode_id = e.id)
       OR EXISTS (SELECT 1 FROM episode_facts f WHERE f.clinic_id = e.clinic_id AND f.episode_id = e.id))`,
  );
  for (const row of left) yield `episode ${whole(row, 'id')} was erased and has rows again`;
}

function* calendarFindings(connection: Connection, seal: Seal): Generator<string> {
  const episodes = connection.each(
    `SELECT c.clinic_id, c.episode_id, a.content
     FROM (SELECT DISTINCT clinic_id, episode_id FROM calendar_revision
           UNION SELECT a.clinic_id, a.episode_id FROM audit a
           JOIN episode e ON e.id = a.episode_id AND e.erased_at IS NULL
           WHERE a.action = 'calendar.saved') c
     LEFT JOIN (SELECT episode_id, max(seq) AS seq FROM audit
                WHERE action = 'calendar.saved' GROUP BY episode_id) l ON l.episode_id = c.episode_id
     LEFT JOIN audit a ON a.seq = l.seq`,
  );
  for (const row of episodes) {
    const episode = whole(row, 'episode_id');
    const entries = entriesOf(connection, { clinic: whole(row, 'clinic_id'), episode });
    if (contentSeal(seal, calendarContent(entries)) !== row.content) {
      yield `the calendar of episode ${episode} was changed`;
    }
  }
}
