/**
 * Facts of one ablation procedure: what the tier needs (margin, freeze–thaw cycles) and the
 * reporting template of the review, section 4.1 (device, probes, timing, skin protection, …).
 */
export interface AblationFacts {
  readonly technique?: string | undefined;
  readonly freezeThawCycles?: number | undefined;
  /** Smallest distance from tumor edge to iceball edge that was achieved, in millimetres. */
  readonly minimumMarginMm?: number | undefined;
  /** Margin that was aimed at, in millimetres. */
  readonly intendedMarginMm?: number | undefined;
  readonly probeCount?: number | undefined;
  readonly probeConfiguration?: string | undefined;
  readonly device?: string | undefined;
  readonly skinProtection?: string | undefined;
  readonly distanceToSkinMm?: number | undefined;
  readonly monitoringModality?: string | undefined;
  /** Length of each freeze, in minutes, in the order in which they were done. */
  readonly freezeMinutes?: readonly number[] | undefined;
  /** Length of each thaw, in minutes, in the order in which they were done. */
  readonly thawMinutes?: readonly number[] | undefined;
}
