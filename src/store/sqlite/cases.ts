import type { CaseEvent } from '../../domain/event.ts';
import { readEvent, readFacts } from '../event-text.ts';
import { done, notFound, type Result } from '../result.ts';
import type { CasePage } from '../store.ts';
import type { EpisodeScope, LoggedEvent, StoredCase } from '../stored-case.ts';
import type { Followers } from '../stored-protocol.ts';
import type { Connection } from './connection.ts';
import {
  readStanding,
  STANDING,
  type Standing,
  standingAsOf,
  standingOf,
  versionAt,
} from './episode-heads.ts';
import { eventColumnsOf, eventLog } from './events.ts';
import { text, whole } from './rows.ts';

/** Cases as the engine takes them. */

function storedCase(standing: Standing, events: readonly CaseEvent[]): StoredCase {
  const { id, version, planVersion, protocol, facts } = standing;
  const episode = readFacts(facts);
  return { id, version, planVersion, protocol, caseFile: { episode, events } };
}

export function loadCase(
  connection: Connection,
  scope: EpisodeScope & { readonly version?: number | undefined },
): Result<StoredCase> {
  const found = versionAt(connection, scope);
  if ('outcome' in found) return found;
  const { version } = scope;
  if (version !== undefined && (version < 1 || version > found.version)) return notFound('episode');
  const standing =
    version === undefined
      ? standingOf(connection, scope)
      : standingAsOf(connection, scope, version);
  const events = eventLog(connection, scope, version).map(({ event }) => event);
  return done(storedCase(standing, events));
}

export function loadEventLog(
  connection: Connection,
  scope: EpisodeScope,
): Result<readonly LoggedEvent[]> {
  const found = versionAt(connection, scope);
  return 'outcome' in found ? found : done(eventLog(connection, scope));
}

/** A page of cases in two range scans: the episodes, and the events between the first and the last. */
export function pageCases(
  connection: Connection,
  { clinic, after, limit }: CasePage,
): StoredCase[] {
  const standing = connection
    .all(
      `SELECT ${STANDING}
       WHERE e.clinic_id = ? AND e.id > ? AND e.erased_at IS NULL ORDER BY e.id LIMIT ?`,
      clinic,
      after,
      limit,
    )
    .map(readStanding);
  const [first, last] = [standing.at(0), standing.at(-1)];
  if (first === undefined || last === undefined) return [];
  const events = new Map<number, CaseEvent[]>();
  const rows = connection.all(
    `SELECT episode_id, event_id, type, date, body FROM event
     WHERE clinic_id = ? AND episode_id BETWEEN ? AND ? ORDER BY episode_id, seq`,
    clinic,
    first.id,
    last.id,
  );
  for (const row of rows) {
    const id = whole(row, 'episode_id');
    const event = readEvent(eventColumnsOf(row));
    const known = events.get(id);
    if (known === undefined) events.set(id, [event]);
    else known.push(event);
  }
  return standing.map((episode) => storedCase(episode, events.get(episode.id) ?? []));
}

export function countFollowers(connection: Connection, clinic: number): Followers[] {
  return connection
    .all(
      `SELECT f.protocol_id, f.protocol_version, count(*) AS episodes
       FROM episode e JOIN episode_facts f
         ON f.clinic_id = e.clinic_id AND f.episode_id = e.id AND f.version = e.facts_version
       WHERE e.clinic_id = ? AND e.erased_at IS NULL
       GROUP BY f.protocol_id, f.protocol_version ORDER BY f.protocol_id, f.protocol_version`,
      clinic,
    )
    .map((row) => ({
      id: text(row, 'protocol_id'),
      version: text(row, 'protocol_version'),
      episodes: whole(row, 'episodes'),
    }));
}
