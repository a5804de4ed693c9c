import type { ChangesQuery, EpisodeChanges } from '../episode-changes.ts';
import type { Connection } from './connection.ts';
import { whole } from './rows.ts';

/** What was changed behind a row of the audit log, as the log tells it. */
export function listChanges(
  connection: Connection,
  { clinic, afterAudit }: ChangesQuery,
): EpisodeChanges {
  const erased = connection
    .all(
      `SELECT j.value AS episode FROM audit a, json_each(a.detail, '$.episodes') j
       WHERE a.seq > ? AND a.clinic_id = ? AND a.action = 'patient.erased' ORDER BY j.value`,
      afterAudit,
      clinic,
    )
    .map((row) => whole(row, 'episode'));
  const gone = new Set(erased);
  const changed = connection
    .all(
      `SELECT episode_id, min(version) - 1 AS version_before FROM audit
       WHERE seq > ? AND clinic_id = ? AND action IN
         ('episode.registered', 'episode.revised', 'episode.pinned', 'events.appended')
       GROUP BY episode_id ORDER BY episode_id`,
      afterAudit,
      clinic,
    )
    .map((row) => ({
      episode: whole(row, 'episode_id'),
      versionBefore: whole(row, 'version_before'),
    }))
    .filter(({ episode }) => !gone.has(episode));
  return { changed, erased };
}
