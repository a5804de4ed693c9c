import type { CalendarPrivacy } from '../domain/calendar-privacy.ts';

/** How to write a calendar. */
export interface CalendarOptions {
  /**
   * Makes the opaque UID of an episode's visit or escalation, by HMAC with a secret of the caller's:
   * 8–200 letters, digits and `. _ @ -`, the same for ever, without name, number or date.
   */
  readonly uid: (episodeId: string, key: string) => string;
  /** Absent: `minimal`. */
  readonly privacy?: CalendarPrivacy | undefined;
  /** When the case last changed, in milliseconds since 1970-01-01T00:00Z; absent: see `calendarRevision`. */
  readonly stamp?: number | undefined;
  /** False: no alarms. */
  readonly alarms?: boolean | undefined;
  /** Name that the reader shows; must be neutral. Absent: `Imaging follow-up`. */
  readonly calendarName?: string | undefined;
}
