import type { CaseFile } from '../domain/case-file.ts';
import type { Episode } from '../domain/episode.ts';
import type { CaseEvent } from '../domain/event.ts';
import type { ProtocolPin } from './stored-protocol.ts';

/** Names an episode inside its clinic. */
export interface EpisodeScope {
  readonly clinic: number;
  /** The store's number of the episode. */
  readonly episode: number;
}

/** An episode to register. */
export interface NewEpisode {
  /** A number that the application makes, best in order of time; unique in the store. */
  readonly id: number;
  /** The facts; their `id` is the clinic's own name for the episode and unique in the clinic. */
  readonly facts: Episode;
  readonly protocol: ProtocolPin;
  /** What has happened so far. */
  readonly events?: readonly CaseEvent[] | undefined;
}

/** What finds an episode, without its facts. */
export interface EpisodeHead {
  readonly id: number;
  /** `Episode.id`. */
  readonly externalId: string;
  readonly patientRef?: string | undefined;
  /** Counts the changes of facts, protocol and events, from 1. */
  readonly version: number;
}

/** What episodes of a clinic are found by. */
export type EpisodeKey =
  | { readonly externalId: string }
  | { readonly externalIdInAnyCase: string }
  | { readonly patientRef: string };

/** An episode with all that the engine plans from. */
export interface StoredCase {
  readonly id: number;
  readonly version: number;
  /** The version on which the saved due items rest; null before the first plan was saved. */
  readonly planVersion: number | null;
  readonly protocol: ProtocolPin;
  readonly caseFile: CaseFile;
}

/** An event with who recorded it, when, and the version of the episode that it made. */
export interface LoggedEvent {
  readonly event: CaseEvent;
  readonly actor: string;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
  readonly version: number;
}
