/** Asks what was changed in a clinic behind a row of the audit log. */
export interface ChangesQuery {
  readonly clinic: number;
  /** Number of an audit row; 0: from the start. */
  readonly afterAudit: number;
}

/**
 * The episodes of a clinic that were changed, each with the version at which it stood before; 0: it
 * was not there. One that was erased since stands only among the erased.
 */
export interface EpisodeChanges {
  readonly changed: readonly { readonly episode: number; readonly versionBefore: number }[];
  /** The numbers of episodes that were erased. */
  readonly erased: readonly number[];
}
