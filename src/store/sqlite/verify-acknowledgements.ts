import type { Acknowledgement } from '../acknowledgement.ts';
import { acknowledgementOf } from './acknowledgements.ts';
import type { Connection, Row } from './connection.ts';
import { whole } from './rows.ts';
import { sameAuthor } from './verify-facts.ts';

/** Every acknowledgement by the append that it came with. */
export type AcknowledgedAppends = ReadonlyMap<string, Acknowledgement>;

/** Names the append of a row by clinic, episode and version. */
export function appendKey(row: Row): string {
  return `${whole(row, 'clinic_id')} ${whole(row, 'episode_id')} ${whole(row, 'version')}`;
}

/** The digest of an append in the audit log covers its acknowledgement. */
export function acknowledgementsByAppend(connection: Connection): AcknowledgedAppends {
  const rows = connection.all('SELECT * FROM acknowledgement');
  return new Map(rows.map((row) => [appendKey(row), acknowledgementOf(row)]));
}

/** Acknowledgements without an append, with another author, or of an erased patient. */
export function* acknowledgementFindings(connection: Connection): Generator<string> {
  const rows = connection.each(
    `SELECT k.*, a.at, a.actor, e.erased_at FROM acknowledgement k
     LEFT JOIN audit a ON a.episode_id = k.episode_id AND a.version = k.version
       AND a.clinic_id = k.clinic_id AND a.action = 'events.appended'
     LEFT JOIN episode e ON e.id = k.episode_id AND e.clinic_id = k.clinic_id`,
  );
  for (const row of rows) {
    if (!sameAuthor(row) || row.erased_at !== null) {
      yield `an acknowledgement of episode ${whole(row, 'episode_id')} was changed`;
    }
  }
}
