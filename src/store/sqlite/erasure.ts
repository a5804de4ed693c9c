import type { Act } from '../act.ts';
import { type Erasure, erasureEntry, patientRefsIn } from '../erasure.ts';
import { done, notFound, type Result } from '../result.ts';
import { StoreFault } from '../store-fault.ts';
import type { Connection } from './connection.ts';
import { deleteItems } from './due-items.ts';
import { findEpisodes, versionAt } from './episode-heads.ts';
import { text } from './rows.ts';
import { deleteSubscriptions } from './subscriptions.ts';
import type { Note } from './unit-of-work.ts';

/** Deletes what is known of a patient; what is left of it in the log is `purge`'s to remove. */
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
  const patientRefs = patientRefsOf(connection, clinic, episodes);
  let events = 0;
  for (const episode of episodes) {
    deleteItems(connection, clinic, episode);
    for (const table of [
      'calendar_revision',
      'acknowledgement',
      'episode_clinician',
      'episode_facts',
    ]) {
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
  const subscriptions = deleteSubscriptions(connection, clinic, patientRefs);
  connection.run(
    "INSERT INTO meta (name, value) VALUES ('purge_pending', '') ON CONFLICT (name) DO NOTHING",
  );
  note(erasureEntry({ clinic, episodes, events, ground, subscriptions }));
  return done({ episodes, events });
}

/** Every reference that the patients of some episodes ever had in their facts. */
function patientRefsOf(
  connection: Connection,
  clinic: number,
  episodes: readonly number[],
): Set<string> {
  const facts = episodes.flatMap((episode) =>
    connection.all(
      'SELECT facts FROM episode_facts WHERE clinic_id = ? AND episode_id = ?',
      clinic,
      episode,
    ),
  );
  return patientRefsIn(facts.map((row) => text(row, 'facts')));
}

const PENDING = "name = 'purge_pending'";

/** Whether bytes of erased patients are left in the file. */
export function isPurgePending(connection: Connection): boolean {
  return connection.get(`SELECT 1 FROM meta WHERE ${PENDING}`) !== undefined;
}

/**
 * Takes the last bytes of erased patients out of the file and its log: SQLite leaves copies of rows on
 * pages that it has split, even with secure_delete, so the file is written anew.
 * @returns false while someone else uses the file, or where the disk has no room for a second one
 */
export function purge(connection: Connection): boolean {
  if (!isPurgePending(connection)) return true;
  try {
    connection.script('VACUUM');
    if (!emptyLog(connection)) return false;
    connection.write(
      () => connection.run(`DELETE FROM meta WHERE ${PENDING}`),
      () => true,
    );
    return true;
  } catch (error) {
    if (error instanceof StoreFault && (error.kind === 'busy' || error.kind === 'full'))
      return false;
    throw error;
  }
}

/** Writes the log back and cuts it to nothing. @returns false while another reader needs it */
function emptyLog(connection: Connection): boolean {
  return connection.get('PRAGMA wal_checkpoint(TRUNCATE)')?.busy === 0;
}
