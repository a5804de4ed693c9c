import {
  escape as escapeValue,
  ICalAlarmType,
  ICalCalendar,
  ICalEventBusyStatus,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { DateTime } from 'luxon';
import type { Plan, PlannedEscalation, PlannedVisit } from '../plan/plan.ts';
import { type BookedTime, readAppointment } from './appointment.ts';
import { type CalendarRevision, calendarRevision } from './calendar-revision.ts';
import {
  type CalendarPrivacy,
  type EventText,
  escalationText,
  visitText,
} from './calendar-text.ts';
import { isAhead, isUnanswered } from './plan-words.ts';
import { capText, cleanLine, cleanText, DESCRIPTION_LIMIT, SUMMARY_LIMIT } from './sanitize.ts';
import { vtimezone } from './vtimezone.ts';

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

const PRODID = '//Imaging follow-up//Calendar 1//EN';
const CALENDAR_NAME = 'Imaging follow-up';
const REFRESH_SECONDS = 12 * 3600;
/** `-P6DT15H`: before an all-day event, 09:00 seven days before. */
const ALL_DAY_ALARM_SECONDS = 6 * 86_400 + 15 * 3600;
/** `-P7D`: before a timed event, its own hour seven days before, so that none rings at night. */
const TIMED_ALARM_SECONDS = 7 * 86_400;
/** A case does not record how long an appointment lasts; an hour is blocked for it. */
const BOOKED_MINUTES = 60;
const LOCATION_LIMIT = 200;
const CODE_LENGTH = 8;

/**
 * The calendar of some plans: RFC 5545, calendar.md. One all-day event on the target of each visit
 * that is ahead (open, overdue, forecast or on hold), the window told in its description; a booked
 * visit at its appointment. Filled, declined and missed visits are left out: the file is a snapshot
 * of what is ahead.
 *
 * `coded` and `named` also hold each unanswered escalation on the last day for its answer. `minimal`
 * never does, and leaves out the location, which is the clinic's free text: a patient must not learn
 * of a suspicious finding from a telephone, nor whoever else looks at it.
 *
 * An open visit has one alarm. A forecast or held one has none: it would call for an exam whose day
 * is not settled; nor has an escalation, which belongs on the worklist.
 *
 * The same plans and options give the same bytes. @throws RangeError for a UID of another form.
 */
export function toIcs(plans: readonly Plan[], options: CalendarOptions): string {
  const privacy = options.privacy ?? 'minimal';
  const years = new Map<string, { first: number; last: number }>();
  const events = plans.flatMap((plan) => {
    const writer = new EventWriter(plan, options, privacy, years);
    return [
      ...plan.visits.filter(isAhead).map((visit) => writer.visit(visit)),
      ...(privacy === 'minimal'
        ? []
        : plan.escalations.filter(isUnanswered).map((item) => writer.escalation(item, privacy))),
    ];
  });
  events.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const calendar = new ICalCalendar({
    prodId: PRODID,
    scale: 'GREGORIAN',
    name: escapeValue(
      capText(cleanLine(options.calendarName ?? CALENDAR_NAME), SUMMARY_LIMIT),
      false,
    ),
    ttl: REFRESH_SECONDS,
    timezone: { name: null, generator: (zone) => vtimezone(zone, years.get(zone) ?? NO_YEARS) },
    events,
  });
  return `${calendar.toString()}\r\n`;
}

const NO_YEARS = { first: 1970, last: 1970 };

/** The code by which the worklist finds the visit of a calendar event: the start of its UID. */
export function calendarCode(uid: string): string {
  return uid.slice(0, CODE_LENGTH).toUpperCase();
}

type EventData = ICalEventData & { readonly id: string };

class EventWriter {
  readonly #plan: Plan;
  readonly #options: CalendarOptions;
  readonly #privacy: CalendarPrivacy;
  readonly #revision: CalendarRevision;
  /** The years of each zone's booked times, for its VTIMEZONE. */
  readonly #years: Map<string, { first: number; last: number }>;

  constructor(
    plan: Plan,
    options: CalendarOptions,
    privacy: CalendarPrivacy,
    years: Map<string, { first: number; last: number }>,
  ) {
    this.#plan = plan;
    this.#options = options;
    this.#privacy = privacy;
    this.#revision = calendarRevision(plan, options.stamp);
    this.#years = years;
  }

  visit(visit: PlannedVisit): EventData {
    const { booking, status } = visit;
    const id = this.#uid(visit.key);
    const appointment = booking === null ? undefined : readAppointment(booking.appointment);
    const timed = appointment?.kind === 'timed' ? appointment.time : undefined;
    const booked = booking !== null;
    const unsettled = status === 'on-hold' || (status === 'forecast' && !booked);
    const location = booking?.location;
    return {
      ...this.#event(id, visitText(this.#plan, visit, calendarCode(id), this.#privacy)),
      ...(timed === undefined
        ? allDay(appointment?.kind === 'all-day' ? appointment.date : visit.target)
        : this.#timed(timed)),
      ...(location === undefined || this.#privacy === 'minimal'
        ? {}
        : { location: { title: capText(cleanLine(location), LOCATION_LIMIT) } }),
      ...(this.#options.alarms === false || unsettled
        ? {}
        : { alarms: [alarm(timed !== undefined)] }),
      categories: [{ name: 'Imaging' }],
      status: unsettled ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
      ...shownAs(booked),
    };
  }

  escalation(
    escalation: PlannedEscalation,
    privacy: Exclude<CalendarPrivacy, 'minimal'>,
  ): EventData {
    const id = this.#uid(escalation.key);
    return {
      ...this.#event(id, escalationText(this.#plan, escalation, calendarCode(id), privacy)),
      ...allDay(escalation.dueBy),
      categories: [{ name: 'Escalation' }],
      status: ICalEventStatus.CONFIRMED,
      ...shownAs(false),
    };
  }

  #event(id: string, text: EventText) {
    const { changed, created, sequence } = this.#revision;
    return {
      id,
      sequence,
      stamp: new Date(changed),
      lastModified: new Date(changed),
      created: new Date(created),
      summary: capText(cleanLine(text.summary), SUMMARY_LIMIT),
      description: capText(cleanText(text.description), DESCRIPTION_LIMIT),
    };
  }

  #timed({ start, zone }: BookedTime) {
    const end = start.plus({ minutes: BOOKED_MINUTES });
    if (zone === null) return { start, end };
    const known = this.#years.get(zone) ?? { first: start.year, last: end.year };
    this.#years.set(zone, {
      first: Math.min(known.first, start.year),
      last: Math.max(known.last, end.year),
    });
    return { start, end, timezone: zone };
  }

  #uid(key: string): string {
    const uid = this.#options.uid(this.#plan.episode.id, key);
    if (/^[\w.@-]{8,200}$/.test(uid)) return uid;
    throw new RangeError('a calendar UID must be 8-200 letters, digits and . _ @ -');
  }
}

/** DTEND is exclusive: the day after. RFC 5545 3.6.1. */
function allDay(date: string) {
  const start = DateTime.fromISO(date, { zone: 'utc' });
  return { allDay: true, start, end: start.plus({ days: 1 }) };
}

function alarm(timed: boolean) {
  return {
    type: ICalAlarmType.display,
    triggerBefore: timed ? TIMED_ALARM_SECONDS : ALL_DAY_ALARM_SECONDS,
  };
}

function shownAs(booked: boolean) {
  return booked
    ? { transparency: ICalEventTransparency.OPAQUE, busystatus: ICalEventBusyStatus.BUSY }
    : { transparency: ICalEventTransparency.TRANSPARENT, busystatus: ICalEventBusyStatus.FREE };
}
