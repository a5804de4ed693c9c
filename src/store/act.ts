/** Who does something, and when. Handed in: the store has no clock and knows no users. */
export interface Act {
  /** The person or the job that acts, as the audit names it: a user id, `nightly`. Never a patient. */
  readonly actor: string;
  /** When it is recorded, in whole milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
}

export const CLOCK_REASONS = ['clock-was-ahead', 'trial-on-another-day'] as const;
/** Why the newest audit row lies ahead of the true time. A closed list: the audit keeps no free text. */
export type ClockReason = (typeof CLOCK_REASONS)[number];

/** How far a clock may lie before the newest audit row: hosts and time servers differ by seconds. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;
