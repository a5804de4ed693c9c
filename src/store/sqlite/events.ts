import type { CaseEvent } from '../../domain/event.ts';
import { type Acknowledgement, eventsDetail, wellFormed } from '../acknowledgement.ts';
import type { Act } from '../act.ts';
import { eventsContent } from '../content.ts';
import { type EventColumns, eventColumns, readEvent } from '../event-text.ts';
import { done, type Result, refused } from '../result.ts';
import type { EpisodeChange } from '../store.ts';
import type { EpisodeScope, LoggedEvent } from '../stored-case.ts';
import { insertAcknowledgement } from './acknowledgements.ts';
import type { Connection, Row } from './connection.ts';
import { versionAt } from './episode-heads.ts';
import { text, whole } from './rows.ts';
import type { Note } from './unit-of-work.ts';

/** What happened in an episode. */

export function eventColumnsOf(row: Row): EventColumns {
  return {
    id: text(row, 'event_id'),
    type: text(row, 'type'),
    date: whole(row, 'date'),
    body: text(row, 'body'),
  };
}

export function appendEvents(
  connection: Connection,
  act: Act,
  note: Note,
  work: EpisodeChange & {
    readonly events: readonly CaseEvent[];
    readonly acknowledgement?: Acknowledgement | undefined;
  },
): Result<{ readonly version: number }> {
  const found = versionAt(connection, work, work.expected);
  if ('outcome' in found) return found;
  if (work.events.length === 0) return done({ version: found.version });
  const version = found.version + 1;
  const { clinic, episode, events } = work;
  const scope = { clinic, episode, version };
  const given = work.acknowledgement && wellFormed(work.acknowledgement);
  const fresh = insertEvents(connection, act, note, scope, events, given);
  if (!fresh) return refused('event-id-taken');
  if (given !== undefined) insertAcknowledgement(connection, act, scope, given);
  connection.run(
    'UPDATE episode SET version = ? WHERE clinic_id = ? AND id = ?',
    version,
    clinic,
    episode,
  );
  return done({ version });
}

/** Adds events behind those of the episode. @returns false when an id would stand twice */
export function insertEvents(
  connection: Connection,
  { at, actor }: Act,
  note: Note,
  { clinic, episode, version }: EpisodeScope & { readonly version: number },
  events: readonly CaseEvent[],
  acknowledgement?: Acknowledgement,
): boolean {
  if (events.length === 0) return true;
  const known = new Set(
    connection
      .all('SELECT event_id FROM event WHERE clinic_id = ? AND episode_id = ?', clinic, episode)
      .map((row) => text(row, 'event_id')),
  );
  const columns = events.map(eventColumns);
  for (const { id, type, date, body } of columns) {
    if (known.has(id)) return false;
    known.add(id);
    connection.run(
      `INSERT INTO event (clinic_id, episode_id, seq, event_id, version, type, date, body,
         recorded_at, recorded_by)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      clinic,
      episode,
      known.size,
      id,
      version,
      type,
      date,
      body,
      at,
      actor,
    );
  }
  const detail = eventsDetail(events.length, acknowledgement);
  const content = eventsContent(columns, acknowledgement);
  note({ action: 'events.appended', clinic, episode, version, detail, content });
  return true;
}

/** Every event of an episode that exists; with a version, those that it had then. */
export function eventLog(
  connection: Connection,
  { clinic, episode }: EpisodeScope,
  version: number = Number.MAX_SAFE_INTEGER,
): LoggedEvent[] {
  return connection
    .all(
      `SELECT event_id, type, date, body, recorded_by, recorded_at, version FROM event
       WHERE clinic_id = ? AND episode_id = ? AND version <= ? ORDER BY seq`,
      clinic,
      episode,
      version,
    )
    .map((row) => ({
      event: readEvent(eventColumnsOf(row)),
      actor: text(row, 'recorded_by'),
      at: whole(row, 'recorded_at'),
      version: whole(row, 'version'),
    }));
}
