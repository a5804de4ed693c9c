import type { Seal } from '../audit-chain.ts';
import type { Connection } from './connection.ts';
import { eventFindings } from './verify-events.ts';
import { factsFindings, lostFindings } from './verify-facts.ts';
import { calendarFindings, headFindings } from './verify-heads.ts';
import { registerFindings } from './verify-register.ts';

/**
 * Compares the tables with the digests in the audit log: rows that were changed, added or taken away
 * past the store. Each finding is one sentence.
 */
export function* contentFindings(connection: Connection, seal: Seal): Generator<string> {
  yield* registerFindings(connection, seal);
  yield* headFindings(connection, seal);
  yield* factsFindings(connection, seal);
  yield* eventFindings(connection, seal);
  yield* lostFindings(connection);
  yield* calendarFindings(connection, seal);
}
