/**
 * Someone's word that open escalations may stay unanswered when a surveillance ends, kept with the
 * version of the episode that it made.
 */
export interface Acknowledgement {
  /** Keys of the escalations, each by name. */
  readonly escalations: readonly string[];
  readonly reason: string;
}

/** An acknowledgement with who gave it, when, and the version of the episode that it made. */
export interface LoggedAcknowledgement extends Acknowledgement {
  readonly actor: string;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
  readonly version: number;
}
