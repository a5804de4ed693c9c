/** Why a unit of work was refused. Nothing of it was written. */
export type Refusal =
  /** The number or selector handed in belongs to something else. */
  | 'id-taken'
  /** Another account has this sign-in name. */
  | 'name-taken'
  /** A sign-in name of another form than `ACCOUNT_NAME`. */
  | 'name-malformed'
  /** A token that ends before it begins, or holds for longer than it may. */
  | 'expiry-out-of-range'
  /** The name or the query of a saved view is too long. */
  | 'too-long'
  /** Another clinic has this code. */
  | 'code-taken'
  /** The clinic has an episode with this external id. */
  | 'external-id-taken'
  /** The episode has an event with this id. */
  | 'event-id-taken'
  /** Another calendar event of the clinic has this UID. */
  | 'uid-taken'
  /** The same id and version were recorded, or are asked for, with another document. */
  | 'protocol-differs'
  /** No clinician has approved this version for this clinic. */
  | 'not-approved'
  /** This clinician has approved this version before. */
  | 'already-approved'
  /** A calendar event that was handed out keeps its UID for ever. */
  | 'uid-changed'
  /** The calendar event changed without a higher SEQUENCE. */
  | 'sequence-not-higher'
  /** The patient was erased. */
  | 'erased'
  /** Another run of the nightly job holds the lease. */
  | 'run-in-progress'
  /** The run of the nightly job is finished, or another one took over. */
  | 'lease-lost'
  /** The clock given lies well before the newest audit row. */
  | 'clock-behind';

/** What a unit of work may fail to find. */
export type Missing = 'clinic' | 'protocol' | 'episode' | 'account' | 'api-key' | 'subscription';

/**
 * The outcome of a unit of work: done whole, or not at all. `index` says which part of a batch it was,
 * from 0.
 */
export type Result<T> =
  | { readonly outcome: 'ok'; readonly value: T }
  /** The episode has moved on; `version` is where it stands. Load it, decide again, try again. */
  | { readonly outcome: 'conflict'; readonly version: number }
  | { readonly outcome: 'not-found'; readonly what: Missing; readonly index?: number | undefined }
  | { readonly outcome: 'refused'; readonly why: Refusal; readonly index?: number | undefined };

/** A result without a value: the work was not done. */
export type NotDone = Exclude<Result<never>, { readonly outcome: 'ok' }>;

export function done<T>(value: T): Result<T> {
  return { outcome: 'ok', value };
}

export function conflict(version: number): NotDone {
  return { outcome: 'conflict', version };
}

export function notFound(what: Missing, index?: number): NotDone {
  return index === undefined
    ? { outcome: 'not-found', what }
    : { outcome: 'not-found', what, index };
}

export function refused(why: Refusal, index?: number): NotDone {
  return index === undefined ? { outcome: 'refused', why } : { outcome: 'refused', why, index };
}
