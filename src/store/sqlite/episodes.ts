import type { Episode } from '../../domain/episode.ts';
import type { Act } from '../act.ts';
import { factsContent } from '../content.ts';
import { factsText } from '../event-text.ts';
import { done, notFound, type Result, refused } from '../result.ts';
import type { EpisodeChange } from '../store.ts';
import type { NewEpisode } from '../stored-case.ts';
import type { ProtocolPin } from '../stored-protocol.ts';
import type { Connection } from './connection.ts';
import { externalIdTaken, standingOf, versionAt } from './episode-heads.ts';
import { insertEvents } from './events.ts';
import { clinicExists, pinFault } from './protocols.ts';
import { revokeSubscriptionsOf } from './subscriptions.ts';
import type { Note } from './unit-of-work.ts';

/** What an episode's facts are at a version. */
interface Statement {
  readonly clinic: number;
  readonly episode: number;
  readonly version: number;
  readonly externalId: string;
  readonly patientRef: string | null;
  readonly facts: string;
  readonly protocol: ProtocolPin;
}

function insertFacts(
  connection: Connection,
  act: Act,
  note: Note,
  action: 'episode.registered' | 'episode.revised' | 'episode.pinned',
  { clinic, episode, version, facts, protocol }: Statement,
): void {
  connection.run(
    `INSERT INTO episode_facts (clinic_id, episode_id, version, facts,
       protocol_id, protocol_version, protocol_hash, recorded_at, recorded_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    clinic,
    episode,
    version,
    facts,
    protocol.id,
    protocol.version,
    protocol.hash,
    act.at,
    act.actor,
  );
  const detail = { protocol: protocol.id, protocolVersion: protocol.version };
  const content = factsContent(facts, protocol);
  note({ action, clinic, episode, version, detail, content });
}

function names(facts: Episode): {
  readonly externalId: string;
  readonly patientRef: string | null;
} {
  const { id, patientRef } = facts;
  return { externalId: id.toWellFormed(), patientRef: patientRef?.toWellFormed() ?? null };
}

export function registerEpisodes(
  connection: Connection,
  act: Act,
  note: Note,
  { clinic, episodes }: { readonly clinic: number; readonly episodes: readonly NewEpisode[] },
): Result<null> {
  if (!clinicExists(connection, clinic)) return notFound('clinic');
  for (const [index, { id, facts, protocol, events = [] }] of episodes.entries()) {
    const named = names(facts);
    if (connection.get('SELECT 1 FROM episode WHERE id = ?', id) !== undefined) {
      return refused('id-taken', index);
    }
    if (externalIdTaken(connection, clinic, named.externalId)) {
      return refused('external-id-taken', index);
    }
    const fault = pinFault(connection, clinic, protocol, index);
    if (fault !== undefined) return fault;
    connection.run(
      `INSERT INTO episode (id, clinic_id, external_id, patient_ref, version, facts_version)
       VALUES (?, ?, ?, ?, 1, 1)`,
      id,
      clinic,
      named.externalId,
      named.patientRef,
    );
    const scope = { clinic, episode: id, version: 1 };
    const statement = { ...scope, ...named, facts: factsText(facts), protocol };
    insertFacts(connection, act, note, 'episode.registered', statement);
    if (!insertEvents(connection, act, note, scope, events))
      return refused('event-id-taken', index);
  }
  return done(null);
}

export function reviseEpisode(
  connection: Connection,
  act: Act,
  note: Note,
  work: EpisodeChange & { readonly facts: Episode },
): Result<{ readonly version: number }> {
  const found = versionAt(connection, work, work.expected);
  if ('outcome' in found) return found;
  const before = standingOf(connection, work);
  const after = { ...names(work.facts), facts: factsText(work.facts) };
  if (after.facts === before.facts) return done({ version: before.version });
  if (
    after.externalId !== before.externalId &&
    externalIdTaken(connection, work.clinic, after.externalId)
  ) {
    return refused('external-id-taken');
  }
  const statement = { ...before, ...after, clinic: work.clinic, episode: work.episode };
  const revised = restate(connection, act, note, 'episode.revised', statement);
  const { clinic } = work;
  const { patientRef } = before;
  if (patientRef !== null && patientRef !== after.patientRef) {
    revokeSubscriptionsOf(connection, act, note, { clinic, patientRef });
  }
  return revised;
}

export function pinProtocol(
  connection: Connection,
  act: Act,
  note: Note,
  work: EpisodeChange & { readonly protocol: ProtocolPin },
): Result<{ readonly version: number }> {
  const found = versionAt(connection, work, work.expected);
  if ('outcome' in found) return found;
  const fault = pinFault(connection, work.clinic, work.protocol);
  if (fault !== undefined) return fault;
  const before = standingOf(connection, work);
  const { id, version } = work.protocol;
  if (before.protocol.id === id && before.protocol.version === version) {
    return done({ version: before.version });
  }
  const { clinic, episode, protocol } = work;
  return restate(connection, act, note, 'episode.pinned', { ...before, clinic, episode, protocol });
}

/** States the facts anew, one version on. */
function restate(
  connection: Connection,
  act: Act,
  note: Note,
  action: 'episode.revised' | 'episode.pinned',
  before: Statement,
): Result<{ readonly version: number }> {
  const statement = { ...before, version: before.version + 1 };
  const { clinic, episode, version, externalId, patientRef } = statement;
  connection.run(
    `UPDATE episode SET version = ?, facts_version = ?, external_id = ?, patient_ref = ?
     WHERE clinic_id = ? AND id = ?`,
    version,
    version,
    externalId,
    patientRef,
    clinic,
    episode,
  );
  insertFacts(connection, act, note, action, statement);
  return done({ version });
}
