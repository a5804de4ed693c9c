import { compareTexts } from '../../domain/compare-texts.ts';
import type { LoggedAcknowledgement } from '../acknowledgement.ts';
import type { CalendarQuery, StoredCalendarEntry } from '../calendar-entry.ts';
import type { DuePlace, DueQuery, DueRow } from '../due-item.ts';
import { readEvent, readFacts } from '../event-text.ts';
import { done, notFound, type Result } from '../result.ts';
import { sortedEntries } from '../sameness.ts';
import type { CasePage } from '../store.ts';
import type {
  EpisodeHead,
  EpisodeKey,
  EpisodeScope,
  LoggedEvent,
  StoredCase,
} from '../stored-case.ts';
import type { Followers, StoredProtocol } from '../stored-protocol.ts';
import { episodeAt } from './memory-change.ts';
import { type MemoryEpisode, type MemoryState, protocolKey } from './memory-state.ts';

/** The questions to the memory store. */

export function listProtocols(state: MemoryState, clinic: number): StoredProtocol[] {
  return [...state.protocols.values()]
    .filter((kept) => kept.clinic === clinic)
    .map(({ clinic: _, ...protocol }) => withApprovals(state, clinic, protocol))
    .sort((a, b) => compareTexts(a.id, b.id));
}

function withApprovals(
  state: MemoryState,
  clinic: number,
  protocol: Omit<StoredProtocol, 'approvals'>,
): StoredProtocol {
  const key = protocolKey(clinic, protocol.id, protocol.version);
  return { ...protocol, approvals: state.approvals.get(key) ?? [] };
}

export function findProtocol(
  state: MemoryState,
  clinic: number,
  { id, version }: { readonly id: string; readonly version: string },
): Result<StoredProtocol> {
  const kept = state.protocols.get(protocolKey(clinic, id, version));
  if (kept === undefined) return notFound('protocol');
  const { clinic: _, ...protocol } = kept;
  return done(withApprovals(state, clinic, protocol));
}

function living(state: MemoryState, clinic: number): [number, MemoryEpisode][] {
  return [...state.episodes]
    .flatMap(([id, kept]): [number, MemoryEpisode][] =>
      kept.clinic === clinic && kept.episode !== null ? [[id, kept.episode]] : [],
    )
    .sort(([a], [b]) => a - b);
}

export function findEpisodes(state: MemoryState, clinic: number, by: EpisodeKey): EpisodeHead[] {
  return living(state, clinic)
    .filter(([, episode]) => isKeyed(episode, by))
    .map(([id, { externalId, patientRef, version }]) => ({
      id,
      externalId,
      ...(patientRef === undefined ? {} : { patientRef }),
      version,
    }));
}

function isKeyed({ externalId, patientRef }: MemoryEpisode, by: EpisodeKey): boolean {
  if ('externalId' in by) return externalId === by.externalId;
  if ('patientRef' in by) return patientRef === by.patientRef;
  return lowered(externalId) === lowered(by.externalIdInAnyCase);
}

/** Without the capitals A-Z; other letters stay, as in SQLite. */
function lowered(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

export function loadCase(
  state: MemoryState,
  scope: EpisodeScope & { readonly version?: number | undefined },
): Result<StoredCase> {
  const found = episodeAt(state, scope);
  if (!('episode' in found)) return found;
  const { version } = scope;
  const then = version === undefined ? found.episode : asOf(found.episode, version);
  return then === undefined ? notFound('episode') : done(storedCase(scope.episode, then));
}

/** An episode as it stood at a version; undefined: it never did. */
function asOf(episode: MemoryEpisode, version: number): MemoryEpisode | undefined {
  if (version > episode.version) return undefined;
  const statement = episode.statements.findLast((stated) => stated.version <= version);
  if (statement === undefined) return undefined;
  const events = episode.events.filter((event) => event.version <= version);
  return { ...episode, ...statement, version, planVersion: null, events };
}

function storedCase(id: number, kept: MemoryEpisode): StoredCase {
  return {
    id,
    version: kept.version,
    planVersion: kept.planVersion,
    protocol: kept.protocol,
    caseFile: {
      episode: readFacts(kept.facts),
      events: kept.events.map(readEvent),
    },
  };
}

export function loadEventLog(
  state: MemoryState,
  scope: EpisodeScope,
): Result<readonly LoggedEvent[]> {
  const found = episodeAt(state, scope);
  if (!('episode' in found)) return found;
  return done(
    found.episode.events.map((kept) => ({
      event: readEvent(kept),
      actor: kept.actor,
      at: kept.at,
      version: kept.version,
    })),
  );
}

export function loadAcknowledgements(
  state: MemoryState,
  scope: EpisodeScope,
): Result<readonly LoggedAcknowledgement[]> {
  const found = episodeAt(state, scope);
  return 'episode' in found ? done(found.episode.acknowledgements) : found;
}

export function pageCases(state: MemoryState, { clinic, after, limit }: CasePage): StoredCase[] {
  return living(state, clinic)
    .filter(([id]) => id > after)
    .slice(0, limit)
    .map(([id, episode]) => storedCase(id, episode));
}

export function countFollowers(state: MemoryState, clinic: number): Followers[] {
  const counts = new Map<string, Followers>();
  for (const [, { protocol }] of living(state, clinic)) {
    const { id, version } = protocol;
    const key = protocolKey(clinic, id, version);
    counts.set(key, { id, version, episodes: (counts.get(key)?.episodes ?? 0) + 1 });
  }
  return [...counts.values()].sort(
    (a, b) => compareTexts(a.id, b.id) || compareTexts(a.version, b.version),
  );
}

export function findDue(state: MemoryState, query: DueQuery): DueRow[] {
  const { clinic, from = Number.MIN_SAFE_INTEGER, to, after, limit } = query;
  return living(state, clinic)
    .flatMap(([episode, { externalId, patientRef, items }]) =>
      items.flatMap(({ open, ...item }, index): DueRow[] => {
        const row = {
          ...item,
          episode,
          seq: index + 1,
          externalId,
          ...(patientRef === undefined ? {} : { patientRef }),
        };
        const asked = open && row.earliest >= from && row.earliest <= to;
        return asked && (after === undefined || compareDue(row, after) > 0) ? [row] : [];
      }),
    )
    .sort(compareDue)
    .slice(0, limit);
}

function compareDue(a: DuePlace, b: DuePlace): number {
  return (
    a.earliest - b.earliest ||
    compareTexts(a.kind, b.kind) ||
    a.target - b.target ||
    a.latest - b.latest ||
    a.episode - b.episode ||
    a.seq - b.seq
  );
}

export function pageCalendar(state: MemoryState, query: CalendarQuery): StoredCalendarEntry[] {
  const { after, limit, privacy } = query;
  return living(state, query.clinic)
    .filter(([id]) => query.episode === undefined || id === query.episode)
    .flatMap(([episode, { calendar }]) =>
      sortedEntries(calendar.map((entry) => ({ ...entry, episode }))),
    )
    .filter((entry) => entry.privacy === privacy)
    .filter(
      ({ episode, key }) =>
        after === undefined || (episode - after.episode || compareTexts(key, after.key)) > 0,
    )
    .slice(0, limit);
}
