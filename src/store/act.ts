/** Who does something, and when. Handed in: the store has no clock and knows no users. */
export interface Act {
  /** The person or the job that acts, as the audit names it: a user id, `nightly`. Never a patient. */
  readonly actor: string;
  /** When it is recorded, in whole milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
}

/** How far a clock may lie before the newest audit row: hosts and time servers differ by seconds. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;
