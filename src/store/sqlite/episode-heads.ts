import { conflict, type NotDone, notFound, refused } from '../result.ts';
import type { EpisodeHead, EpisodeKey, EpisodeScope } from '../stored-case.ts';
import type { ProtocolPin } from '../stored-protocol.ts';
import type { Connection, Row } from './connection.ts';
import { given, text, textOrNull, whole, wholeOrNull } from './rows.ts';

/** An episode that was not erased, with its facts as text. */
export interface Standing {
  readonly id: number;
  readonly externalId: string;
  readonly patientRef: string | null;
  readonly version: number;
  readonly planVersion: number | null;
  readonly facts: string;
  readonly protocol: ProtocolPin;
}

/** Columns and tables of an episode, with the facts of every version that stated them. */
const STATED = `e.id, e.external_id, e.patient_ref, e.version, e.plan_version,
  f.facts, f.protocol_id, f.protocol_version, f.protocol_hash
  FROM episode e JOIN episode_facts f ON f.clinic_id = e.clinic_id AND f.episode_id = e.id`;

/** Columns and tables of a standing episode. */
export const STANDING = `${STATED} AND f.version = e.facts_version`;

export function readStanding(row: Row): Standing {
  return {
    id: whole(row, 'id'),
    externalId: text(row, 'external_id'),
    patientRef: textOrNull(row, 'patient_ref'),
    version: whole(row, 'version'),
    planVersion: wholeOrNull(row, 'plan_version'),
    facts: text(row, 'facts'),
    protocol: {
      id: text(row, 'protocol_id'),
      version: text(row, 'protocol_version'),
      hash: text(row, 'protocol_hash'),
    },
  };
}

/** The version of an episode of the clinic; or why there is none, or another than expected. */
export function versionAt(
  connection: Connection,
  { clinic, episode }: EpisodeScope,
  expected?: number,
): { readonly version: number } | NotDone {
  const row = connection.get(
    'SELECT version, erased_at FROM episode WHERE clinic_id = ? AND id = ?',
    clinic,
    episode,
  );
  if (row === undefined) return notFound('episode');
  if (row.erased_at !== null) return refused('erased');
  const version = whole(row, 'version');
  return expected === undefined || version === expected ? { version } : conflict(version);
}

/** The facts of an episode that exists. */
export function standingOf(connection: Connection, { clinic, episode }: EpisodeScope): Standing {
  const row = connection.get(
    `SELECT ${STANDING} WHERE e.clinic_id = ? AND e.id = ?`,
    clinic,
    episode,
  );
  return readStanding(row ?? {});
}

/** The facts of an episode as they stood at a version that it has had. */
export function standingAsOf(
  connection: Connection,
  { clinic, episode }: EpisodeScope,
  version: number,
): Standing {
  const row = connection.get(
    `SELECT ${STATED} WHERE e.clinic_id = ? AND e.id = ? AND f.version <= ?
     ORDER BY f.version DESC LIMIT 1`,
    clinic,
    episode,
    version,
  );
  return { ...readStanding(row ?? {}), version, planVersion: null };
}

export function externalIdTaken(connection: Connection, clinic: number, id: string): boolean {
  const sql = 'SELECT 1 FROM episode WHERE clinic_id = ? AND external_id = ?';
  return connection.get(sql, clinic, id) !== undefined;
}

export function findEpisodes(
  connection: Connection,
  clinic: number,
  by: EpisodeKey,
): EpisodeHead[] {
  const [where, value] = keyed(by);
  return connection
    .all(
      `SELECT id, external_id, patient_ref, version FROM episode
       WHERE clinic_id = ? AND ${where} ORDER BY id`,
      clinic,
      value,
    )
    .map((row) => ({
      id: whole(row, 'id'),
      externalId: text(row, 'external_id'),
      ...given('patientRef', textOrNull(row, 'patient_ref')),
      version: whole(row, 'version'),
    }));
}

/** The column that a key is of, and its value; `lower` knows A-Z alone. */
function keyed(by: EpisodeKey): [where: string, value: string] {
  if ('externalId' in by) return ['external_id = ?', by.externalId];
  if ('patientRef' in by) return ['patient_ref = ?', by.patientRef];
  return ['lower(external_id) = lower(?)', by.externalIdInAnyCase];
}
