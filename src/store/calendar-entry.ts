import type { CalendarPrivacy } from '../domain/calendar-privacy.ts';

/** The newest revision of a calendar event that was handed out. RFC 5545, 3.8.7.4. */
export interface CalendarEntry {
  /** Key of the visit or escalation. */
  readonly key: string;
  readonly privacy: CalendarPrivacy;
  /** Opaque; the same for ever. */
  readonly uid: string;
  /** SEQUENCE: higher whenever the event changed, and only then. */
  readonly sequence: number;
  /** DTSTAMP and LAST-MODIFIED, in milliseconds since 1970-01-01T00:00Z. */
  readonly stamp: number;
  /** STATUS:CANCELLED: the visit vanished, and calendars must learn it. */
  readonly cancelled: boolean;
  /** The VEVENT as it was written. */
  readonly vevent: string;
}

/** A calendar entry with its episode. */
export interface StoredCalendarEntry extends CalendarEntry {
  readonly episode: number;
}

/** Asks for calendar entries in the order of episode, key and privacy. */
export interface CalendarQuery {
  readonly clinic: number;
  /** Absent: of all episodes. */
  readonly episode?: number | undefined;
  readonly privacy: CalendarPrivacy;
  readonly after?: { readonly episode: number; readonly key: string } | undefined;
  readonly limit: number;
}
