import { assignmentEntry } from '../access-audit.ts';
import type { AccountScope } from '../account.ts';
import { done, notFound, type Result } from '../result.ts';
import type { EpisodeScope } from '../stored-case.ts';
import { accountExists, roleFault } from './accounts.ts';
import type { Connection } from './connection.ts';
import { versionAt } from './episode-heads.ts';
import { whole } from './rows.ts';
import type { Note } from './unit-of-work.ts';

/** Who is responsible for which episodes. */

export function episodesOfClinician(
  connection: Connection,
  { clinic, account }: AccountScope,
): number[] {
  return connection
    .all(
      `SELECT episode_id FROM episode_clinician WHERE account_id = ? AND clinic_id = ?
       ORDER BY episode_id`,
      account,
      clinic,
    )
    .map((row) => whole(row, 'episode_id'));
}

function accountsOf(connection: Connection, { clinic, episode }: EpisodeScope): number[] {
  return connection
    .all(
      `SELECT account_id FROM episode_clinician WHERE clinic_id = ? AND episode_id = ?
       ORDER BY account_id`,
      clinic,
      episode,
    )
    .map((row) => whole(row, 'account_id'));
}

export function cliniciansOfEpisode(
  connection: Connection,
  scope: EpisodeScope,
): Result<readonly number[]> {
  const found = versionAt(connection, scope);
  return 'outcome' in found ? found : done(accountsOf(connection, scope));
}

export function assignClinician(
  connection: Connection,
  note: Note,
  work: EpisodeScope & { readonly account: number; readonly assigned: boolean },
): Result<{ readonly changed: boolean }> {
  const { clinic, episode, account, assigned } = work;
  const found = versionAt(connection, work);
  if ('outcome' in found) return found;
  if (!accountExists(connection, account)) return notFound('account');
  if (accountsOf(connection, work).includes(account) === assigned) return done({ changed: false });
  const fault = assigned ? roleFault(connection, work) : undefined;
  if (fault !== undefined) return fault;
  connection.run(
    assigned
      ? 'INSERT INTO episode_clinician (clinic_id, episode_id, account_id) VALUES (?, ?, ?)'
      : 'DELETE FROM episode_clinician WHERE clinic_id = ? AND episode_id = ? AND account_id = ?',
    clinic,
    episode,
    account,
  );
  note(assignmentEntry(work, work, accountsOf(connection, work)));
  return done({ changed: true });
}
