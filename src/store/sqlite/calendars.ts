import { CALENDAR_PRIVACIES } from '../../domain/calendar-privacy.ts';
import type { CalendarEntry, CalendarQuery, StoredCalendarEntry } from '../calendar-entry.ts';
import { calendarContent } from '../content.ts';
import { done, type Result, refused } from '../result.ts';
import { sameEntry } from '../sameness.ts';
import type { CalendarChange } from '../store.ts';
import type { EpisodeScope } from '../stored-case.ts';
import type { Connection, Row } from './connection.ts';
import { versionAt } from './episode-heads.ts';
import { flag, text, whole, word } from './rows.ts';
import type { Note } from './unit-of-work.ts';

/** The newest revisions of the calendar events that were handed out. */

const COLUMNS = 'episode_id, item_key, privacy, uid, sequence, stamp, cancelled, vevent';

function readEntry(row: Row): CalendarEntry {
  return {
    key: text(row, 'item_key'),
    privacy: word(row, 'privacy', CALENDAR_PRIVACIES),
    uid: text(row, 'uid'),
    sequence: whole(row, 'sequence'),
    stamp: whole(row, 'stamp'),
    cancelled: flag(row, 'cancelled'),
    vevent: text(row, 'vevent'),
  };
}

/** All entries of an episode, ordered by key and privacy. */
export function entriesOf(connection: Connection, { clinic, episode }: EpisodeScope) {
  return connection
    .all(
      `SELECT ${COLUMNS} FROM calendar_revision WHERE clinic_id = ? AND episode_id = ?
       ORDER BY item_key, privacy`,
      clinic,
      episode,
    )
    .map(readEntry);
}

export function saveCalendar(
  connection: Connection,
  note: Note,
  work: CalendarChange,
): Result<{ readonly changed: number }> {
  const found = versionAt(connection, work, work.restsOn);
  if ('outcome' in found) return found;
  const { clinic, episode } = work;
  let changed = 0;
  for (const [index, entry] of work.entries.entries()) {
    const row = connection.get(
      `SELECT ${COLUMNS} FROM calendar_revision
       WHERE clinic_id = ? AND episode_id = ? AND item_key = ? AND privacy = ?`,
      clinic,
      episode,
      entry.key,
      entry.privacy,
    );
    if (row !== undefined) {
      const kept = readEntry(row);
      if (sameEntry(kept, entry)) continue;
      if (kept.uid !== entry.uid) return refused('uid-changed', index);
      if (entry.sequence <= kept.sequence) return refused('sequence-not-higher', index);
    } else if (uidTaken(connection, clinic, entry)) {
      return refused('uid-taken', index);
    }
    putEntry(connection, work, entry);
    changed += 1;
  }
  if (changed > 0) {
    const content = calendarContent(entriesOf(connection, work));
    note({ action: 'calendar.saved', clinic, episode, detail: { changed }, content });
  }
  return done({ changed });
}

function uidTaken(
  connection: Connection,
  clinic: number,
  { uid, privacy }: CalendarEntry,
): boolean {
  const sql = 'SELECT 1 FROM calendar_revision WHERE clinic_id = ? AND uid = ? AND privacy = ?';
  return connection.get(sql, clinic, uid, privacy) !== undefined;
}

function putEntry(connection: Connection, scope: EpisodeScope, entry: CalendarEntry): void {
  connection.run(
    `INSERT INTO calendar_revision (clinic_id, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (clinic_id, episode_id, item_key, privacy) DO UPDATE SET
       sequence = excluded.sequence, stamp = excluded.stamp,
       cancelled = excluded.cancelled, vevent = excluded.vevent`,
    scope.clinic,
    scope.episode,
    entry.key,
    entry.privacy,
    entry.uid,
    entry.sequence,
    entry.stamp,
    entry.cancelled ? 1 : 0,
    entry.vevent.toWellFormed(),
  );
}

export function pageCalendar(connection: Connection, query: CalendarQuery): StoredCalendarEntry[] {
  const { clinic, episode, privacy, after, limit } = query;
  return connection
    .all(
      `SELECT ${COLUMNS} FROM calendar_revision
       WHERE clinic_id = ? AND episode_id BETWEEN ? AND ? AND privacy = ?
         AND (episode_id, item_key) > (?, ?)
       ORDER BY episode_id, item_key LIMIT ?`,
      clinic,
      episode ?? Number.MIN_SAFE_INTEGER,
      episode ?? Number.MAX_SAFE_INTEGER,
      privacy,
      after?.episode ?? Number.MIN_SAFE_INTEGER,
      after?.key ?? '',
      limit,
    )
    .map((row) => ({ ...readEntry(row), episode: whole(row, 'episode_id') }));
}
