/** A clinic: every row and every query belongs to one. */
export interface Clinic {
  /** A number that the application makes; unique in the store. */
  readonly id: number;
  /** Short and neutral, as it may stand in calendars: `NORTH`. Unique in the store. */
  readonly code: string;
  readonly name: string;
  /** IANA time zone, by which the clinic's today is told: `Europe/Berlin`. */
  readonly zone: string;
}
