import type { AuditEntry } from '../audit.ts';
import { conflict, type NotDone, notFound, refused } from '../result.ts';
import type { EpisodeScope } from '../stored-case.ts';
import type { ProtocolPin } from '../stored-protocol.ts';
import { type MemoryEpisode, type MemoryState, protocolKey } from './memory-state.ts';

/** A unit of work that was decided and can no longer fail. */
export interface Change<T> {
  readonly value: T;
  /** Empty: nothing changes. */
  readonly audit: readonly AuditEntry[];
  readonly apply: () => void;
}

/** Decided: a change, or why there is none. */
export type Decided<T> = Change<T> | NotDone;

export function unchanged<T>(value: T): Change<T> {
  return { value, audit: [], apply: () => {} };
}

/** The episode, when it exists in the clinic and stands at the version expected. */
export function episodeAt(
  state: MemoryState,
  { clinic, episode: id }: EpisodeScope,
  expected?: number,
): { readonly episode: MemoryEpisode } | NotDone {
  const found = state.episodes.get(id);
  if (found?.clinic !== clinic) return notFound('episode');
  if (found.episode === null) return refused('erased');
  return expected === undefined || found.episode.version === expected
    ? { episode: found.episode }
    : conflict(found.episode.version);
}

/** Why an episode may not be pinned to a protocol; undefined: it may. */
export function pinFault(
  state: MemoryState,
  clinic: number,
  pin: ProtocolPin,
  index?: number,
): NotDone | undefined {
  const key = protocolKey(clinic, pin.id, pin.version);
  const kept = state.protocols.get(key);
  if (kept === undefined) return notFound('protocol', index);
  if (kept.hash !== pin.hash) return refused('protocol-differs', index);
  return state.approvals.has(key) ? undefined : refused('not-approved', index);
}

/** Puts an episode in the place of its former self. */
export function replaceEpisode(
  state: MemoryState,
  { clinic, episode: id }: EpisodeScope,
  episode: MemoryEpisode | null,
): void {
  state.episodes.set(id, { clinic, episode });
}
