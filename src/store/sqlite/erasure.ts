import type { Act } from '../act.ts';
import type { Erasure } from '../erasure.ts';
import { done, notFound, type Result } from '../result.ts';
import type { Connection } from './connection.ts';
import { deleteItems } from './due-items.ts';
import { findEpisodes, versionAt } from './episode-heads.ts';
import type { Note } from './unit-of-work.ts';

/** Deletes what is known of a patient; what is left of it in the log is `purgeLog`'s to remove. */
export function erasePatient(
  connection: Connection,
  act: Act,
  note: Note,
  { clinic, whose, ground }: Erasure,
): Result<{ readonly episodes: readonly number[]; readonly events: number }> {
  let episodes: number[];
  if ('episode' in whose) {
    const found = versionAt(connection, { clinic, episode: whose.episode });
    if ('outcome' in found) return found;
    episodes = [whose.episode];
  } else {
    episodes = findEpisodes(connection, clinic, whose).map(({ id }) => id);
    if (episodes.length === 0) return notFound('episode');
  }
  let events = 0;
  for (const episode of episodes) {
    deleteItems(connection, clinic, episode);
    for (const table of ['calendar_revision', 'episode_facts']) {
      connection.run(
        `DELETE FROM ${table} WHERE clinic_id = ? AND episode_id = ?`,
        clinic,
        episode,
      );
    }
    events += connection.run(
      'DELETE FROM event WHERE clinic_id = ? AND episode_id = ?',
      clinic,
      episode,
    );
    connection.run(
      `UPDATE episode SET external_id = NULL, patient_ref = NULL, plan_version = NULL, plan_seal = NULL,
         erased_at = ?
       WHERE clinic_id = ? AND id = ?`,
      act.at,
      clinic,
      episode,
    );
  }
  note({ action: 'patient.erased', clinic, detail: { episodes, events, ground } });
  return done({ episodes, events });
}

/** Writes the log back and empties it. @returns false while another reader needs it */
export function purgeLog(connection: Connection): boolean {
  const row = connection.get('PRAGMA wal_checkpoint(TRUNCATE)');
  return row?.busy === 0;
}
