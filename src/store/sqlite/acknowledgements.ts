import type { Acknowledgement, LoggedAcknowledgement } from '../acknowledgement.ts';
import type { Act } from '../act.ts';
import { done, type Result } from '../result.ts';
import type { EpisodeScope } from '../stored-case.ts';
import type { Connection, Row } from './connection.ts';
import { versionAt } from './episode-heads.ts';
import { json, text, whole } from './rows.ts';

/** The acknowledgements of open escalations. */

/** @throws StoreFault `damaged` */
export function acknowledgementOf(row: Row): Acknowledgement {
  const isKeys = (value: unknown): value is readonly string[] =>
    Array.isArray(value) && value.every((key) => typeof key === 'string');
  return { escalations: json(row, 'escalations', isKeys), reason: text(row, 'reason') };
}

/** Keeps an acknowledgement with the version of the episode that its append made. */
export function insertAcknowledgement(
  connection: Connection,
  { at, actor }: Act,
  { clinic, episode, version }: EpisodeScope & { readonly version: number },
  { escalations, reason }: Acknowledgement,
): void {
  connection.run(
    `INSERT INTO acknowledgement
       (clinic_id, episode_id, version, escalations, reason, recorded_at, recorded_by)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    clinic,
    episode,
    version,
    JSON.stringify(escalations),
    reason,
    at,
    actor,
  );
}

export function loadAcknowledgements(
  connection: Connection,
  scope: EpisodeScope,
): Result<readonly LoggedAcknowledgement[]> {
  const found = versionAt(connection, scope);
  if ('outcome' in found) return found;
  const rows = connection.all(
    `SELECT version, escalations, reason, recorded_at, recorded_by FROM acknowledgement
     WHERE clinic_id = ? AND episode_id = ? ORDER BY version`,
    scope.clinic,
    scope.episode,
  );
  return done(
    rows.map((row) => ({
      ...acknowledgementOf(row),
      actor: text(row, 'recorded_by'),
      at: whole(row, 'recorded_at'),
      version: whole(row, 'version'),
    })),
  );
}
