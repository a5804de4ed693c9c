import type { Day } from '../domain/civil-date.ts';

/** Which protocol an episode follows: id, version and the hash of the very document. */
export interface ProtocolPin {
  readonly id: string;
  readonly version: string;
  /** SHA-256 of the document's text in UTF-8, in lower-case hex. */
  readonly hash: string;
}

/** How many episodes follow a protocol version. */
export interface Followers {
  /** Id of the protocol. */
  readonly id: string;
  readonly version: string;
  readonly episodes: number;
}

/** One version of a protocol as a clinic keeps it, for ever. */
export interface ProtocolVersion extends ProtocolPin {
  /** The JSON text that was hashed, byte for byte. */
  readonly document: string;
}

/** A clinician's word that a protocol version may be used in the clinic. */
export interface Approval {
  /** Id of the protocol. */
  readonly id: string;
  readonly version: string;
  /** The clinician by name. */
  readonly clinician: string;
  /** The day of the approval. */
  readonly date: Day;
  readonly note?: string | undefined;
}

/** A protocol version with its approvals; episodes may be pinned to it when there is one. */
export interface StoredProtocol extends ProtocolVersion {
  readonly approvals: readonly Approval[];
}
