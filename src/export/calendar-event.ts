import {
  ICalAlarmType,
  ICalEventBusyStatus,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { DateTime } from 'luxon';
import type { CalendarPrivacy } from '../domain/calendar-privacy.ts';
import type { Plan, PlannedEscalation, PlannedVisit } from '../plan/plan.ts';
import { type BookedTime, readAppointment } from './appointment.ts';
import type { CalendarOptions } from './calendar-options.ts';
import { type CalendarRevision, calendarRevision } from './calendar-revision.ts';
import { type EventText, escalationText, visitText } from './calendar-text.ts';
import { capText, cleanLine, cleanText, DESCRIPTION_LIMIT, SUMMARY_LIMIT } from './sanitize.ts';

/** `-P6DT15H`: before an all-day event, 09:00 seven days before. */
const ALL_DAY_ALARM_SECONDS = 6 * 86_400 + 15 * 3600;
/** `-P7D`: before a timed event, its own hour seven days before, so that none rings at night. */
const TIMED_ALARM_SECONDS = 7 * 86_400;
/** A case does not record how long an appointment lasts; an hour is blocked for it. */
const BOOKED_MINUTES = 60;
const UTC = { zone: 'utc' } as const;
const DAY = 86_400_000;
const LOCATION_LIMIT = 200;
const CODE_LENGTH = 8;

/** The code by which the worklist finds the visit of a calendar event: the start of its UID. */
export function calendarCode(uid: string): string {
  return uid.slice(0, CODE_LENGTH).toUpperCase();
}

/** An event as ical-generator takes it, always with a UID. */
export type CalendarEvent = ICalEventData & { readonly id: string };

/** The years of each zone's booked times: what a VTIMEZONE must tell. */
export type ZoneYears = Map<string, Set<number>>;

/** Makes the events of one plan, and notes the time zones that they use. */
export class CalendarEventWriter {
  readonly #plan: Plan;
  readonly #options: CalendarOptions;
  readonly #privacy: CalendarPrivacy;
  readonly #revision: CalendarRevision;
  readonly #years: ZoneYears;

  constructor(plan: Plan, options: CalendarOptions, privacy: CalendarPrivacy, years: ZoneYears) {
    this.#plan = plan;
    this.#options = options;
    this.#privacy = privacy;
    this.#revision = calendarRevision(plan, options.stamp);
    this.#years = years;
  }

  visit(visit: PlannedVisit): CalendarEvent {
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
  ): CalendarEvent {
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
    const years = this.#years.get(zone) ?? new Set();
    this.#years.set(zone, years.add(start.year).add(end.year));
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
  const day = Date.parse(`${date}T00:00:00Z`);
  return {
    allDay: true,
    start: DateTime.fromMillis(day, UTC),
    end: DateTime.fromMillis(day + DAY, UTC),
  };
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
