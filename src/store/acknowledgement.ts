import type { AuditDetail } from './audit.ts';

/**
 * Someone's word that open escalations may stay unanswered when a surveillance ends, kept with the
 * version of the episode that it made.
 */
export interface Acknowledgement {
  /** Keys of the escalations, each by name, so that one that came in meanwhile is not swallowed. */
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

/** As it is stored: text is UTF-8, so half a surrogate pair is mended first. */
export function wellFormed({ escalations, reason }: Acknowledgement): Acknowledgement {
  return {
    escalations: escalations.map((key) => key.toWellFormed()),
    reason: reason.toWellFormed(),
  };
}

/** What the audit row of an append counts. */
export function eventsDetail(events: number, acknowledgement?: Acknowledgement): AuditDetail {
  return acknowledgement === undefined
    ? { events }
    : { events, acknowledged: acknowledgement.escalations.length };
}
