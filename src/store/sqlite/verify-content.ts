import type { Seal } from '../audit-chain.ts';
import type { Connection } from './connection.ts';
import { schemaVersionOf } from './migrate.ts';
import { accessFindings } from './verify-access.ts';
import { acknowledgementFindings, acknowledgementsByAppend } from './verify-acknowledgements.ts';
import { eventFindings } from './verify-events.ts';
import { factsFindings, lostFindings } from './verify-facts.ts';
import { calendarFindings, headFindings } from './verify-heads.ts';
import { clinicCalendarFindings, runFindings } from './verify-nightly.ts';
import { registerFindings } from './verify-register.ts';

/** The schema that brought the tables of the nightly job; a backup may hold an earlier one. */
const NIGHTLY_SCHEMA = 2;

/** The schema that brought accounts and what belongs to them. */
const ACCESS_SCHEMA = 3;

/**
 * Compares the tables with the digests in the audit log: rows that were changed, added or taken away
 * past the store. Each finding is one sentence.
 */
export function* contentFindings(connection: Connection, seal: Seal): Generator<string> {
  const schema = schemaVersionOf(connection);
  const nightly = schema >= NIGHTLY_SCHEMA;
  const acknowledged = nightly ? acknowledgementsByAppend(connection) : new Map();
  yield* registerFindings(connection, seal);
  yield* headFindings(connection, seal);
  yield* factsFindings(connection, seal);
  yield* eventFindings(connection, seal, acknowledged);
  yield* lostFindings(connection);
  yield* calendarFindings(connection, seal);
  if (!nightly) return;
  yield* acknowledgementFindings(connection);
  yield* clinicCalendarFindings(connection, seal);
  yield* runFindings(connection, seal);
  if (schema >= ACCESS_SCHEMA) yield* accessFindings(connection, seal);
}
