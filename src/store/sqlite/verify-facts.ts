import { contentSeal, type Seal } from '../audit-chain.ts';
import { factsContent } from '../content.ts';
import type { Connection, Row } from './connection.ts';
import { text, whole } from './rows.ts';

const FACTS_ACTIONS = "('episode.registered', 'episode.revised', 'episode.pinned')";

/** Compares the facts and the pinned protocol of every version with the audit log. */
export function* factsFindings(connection: Connection, seal: Seal): Generator<string> {
  const rows = connection.each(
    `SELECT f.*, a.content, a.at, a.actor FROM episode_facts f LEFT JOIN audit a
       ON a.episode_id = f.episode_id AND a.version = f.version AND a.clinic_id = f.clinic_id
       AND a.action IN ${FACTS_ACTIONS}`,
  );
  for (const row of rows) {
    const pin = {
      id: text(row, 'protocol_id'),
      version: text(row, 'protocol_version'),
      hash: text(row, 'protocol_hash'),
    };
    const digest = contentSeal(seal, factsContent(text(row, 'facts'), pin));
    if (digest !== row.content || !sameAuthor(row)) {
      yield `the facts of episode ${whole(row, 'episode_id')} were changed`;
    }
  }
}

/** Whether a row names the author and the time that its audit row names. */
export function sameAuthor(row: Row): boolean {
  return row.recorded_at === row.at && row.recorded_by === row.actor;
}

/** What the log says was written and is not there, although the patient was not erased. */
export function* lostFindings(connection: Connection): Generator<string> {
  const lost = connection.each(
    `SELECT DISTINCT a.episode_id FROM audit a
     LEFT JOIN episode e ON e.id = a.episode_id AND e.clinic_id = a.clinic_id
     WHERE a.version IS NOT NULL AND (e.id IS NULL OR (e.erased_at IS NULL AND CASE a.action
       WHEN 'events.appended' THEN NOT EXISTS (
         SELECT 1 FROM event v WHERE v.clinic_id = a.clinic_id AND v.episode_id = a.episode_id
           AND v.version = a.version)
       ELSE NOT EXISTS (
         SELECT 1 FROM episode_facts f WHERE f.clinic_id = a.clinic_id
           AND f.episode_id = a.episode_id AND f.version = a.version) END))`,
  );
  for (const row of lost) yield `rows of episode ${whole(row, 'episode_id')} are missing`;
  const left = connection.each(
    `SELECT id FROM episode e WHERE erased_at IS NOT NULL AND (
       EXISTS (SELECT 1 FROM event v WHERE v.clinic_id = e.clinic_id AND v.episode_id = e.id)
       OR EXISTS (SELECT 1 FROM episode_facts f WHERE f.clinic_id = e.clinic_id AND f.episode_id = e.id))`,
  );
  for (const row of left) yield `episode ${whole(row, 'id')} was erased and has rows again`;
}
