import {
  ICalAlarmType,
  ICalEventBusyStatus,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import type { CalendarPrivacy } from '../domain/calendar-privacy.ts';
import type { Plan, PlannedEscalation, PlannedVisit } from '../plan/plan.ts';
import { type BookedTime, readAppointment } from './appointment.ts';
import { type EventText, escalationText, visitText } from './calendar-text.ts';
import { isAhead, isUnanswered } from './plan-words.ts';
import { capText, cleanLine, cleanText, DESCRIPTION_LIMIT, SUMMARY_LIMIT } from './sanitize.ts';

/** `-P6DT15H`: before an all-day event, 09:00 seven days before. */
const ALL_DAY_ALARM_SECONDS = 6 * 86_400 + 15 * 3600;
/** `-P7D`: before a timed event, its own hour seven days before, so that none rings at night. */
const TIMED_ALARM_SECONDS = 7 * 86_400;
/** A case does not record how long an appointment lasts; an hour is blocked for it. */
const BOOKED_MINUTES = 60;
const DAY = 86_400_000;
const LOCATION_LIMIT = 200;
const CODE_LENGTH = 8;

/** The code by which the worklist finds the visit of a calendar event: the start of its UID. */
export function calendarCode(uid: string): string {
  return uid.slice(0, CODE_LENGTH).toUpperCase();
}

/** An entry of a calendar as it is to be told: everything but its revision. */
export interface CalendarItem {
  /** Key of the visit or escalation. */
  readonly key: string;
  readonly uid: string;
  readonly content: ICalEventData;
}

/** How the items of one plan are made. */
export interface ItemSettings {
  readonly privacy: CalendarPrivacy;
  /** Makes the UID of a visit or escalation of the plan; its form is that of `CalendarOptions.uid`. */
  readonly uid: (key: string) => string;
  /** False: no alarms. */
  readonly alarms?: boolean | undefined;
  /** IANA zone of the clinic, for appointments that name none; absent: they are told in UTC. */
  readonly zone?: string | undefined;
}

/**
 * What a calendar holds of a plan: each visit that is ahead (open, overdue, forecast or on hold), and
 * except in `minimal` each unanswered escalation, on the last day for its answer. In the plan's order.
 * @throws RangeError for a UID of another form.
 */
export function calendarItems(plan: Plan, settings: ItemSettings): CalendarItem[] {
  const { privacy } = settings;
  const visits = plan.visits.filter(isAhead).map((visit) => visitItem(plan, visit, settings));
  if (privacy === 'minimal') return visits;
  const unanswered = plan.escalations.filter(isUnanswered);
  return [
    ...visits,
    ...unanswered.map((item) => escalationItem(plan, item, settings.uid(item.key), privacy)),
  ];
}

function visitItem(plan: Plan, visit: PlannedVisit, settings: ItemSettings): CalendarItem {
  const { key, booking, status, target } = visit;
  const { privacy, alarms, zone } = settings;
  const uid = checkedUid(settings.uid(key));
  const appointment = booking === null ? undefined : readAppointment(booking.appointment, zone);
  const time = appointment?.kind === 'timed' ? appointment.time : undefined;
  const booked = booking !== null;
  const unsettled = status === 'on-hold' || (status === 'forecast' && !booked);
  const location = booking?.location;
  const { summary, description } = words(
    visitText(plan, visit, calendarCode(uid), { privacy, zone }),
  );
  const { transparency, busystatus } = shownAs(booked);
  return {
    key,
    uid,
    content: {
      ...(time === undefined
        ? allDay(appointment?.kind === 'all-day' ? appointment.date : target)
        : timed(time)),
      summary,
      description,
      ...(location === undefined || privacy === 'minimal'
        ? {}
        : { location: { title: capText(cleanLine(location), LOCATION_LIMIT) } }),
      ...(alarms === false || unsettled ? {} : { alarms: [alarm(time !== undefined)] }),
      categories: [{ name: 'Imaging' }],
      status: unsettled ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
      transparency,
      busystatus,
    },
  };
}

function escalationItem(
  plan: Plan,
  escalation: PlannedEscalation,
  givenUid: string,
  privacy: Exclude<CalendarPrivacy, 'minimal'>,
): CalendarItem {
  const uid = checkedUid(givenUid);
  return {
    key: escalation.key,
    uid,
    content: {
      ...words(escalationText(plan, escalation, calendarCode(uid), privacy)),
      ...allDay(escalation.dueBy),
      categories: [{ name: 'Escalation' }],
      status: ICalEventStatus.CONFIRMED,
      ...shownAs(false),
    },
  };
}

function checkedUid(uid: string): string {
  if (/^[\w.@-]{8,200}$/.test(uid)) return uid;
  throw new RangeError('a calendar UID must be 8-200 letters, digits and . _ @ -');
}

function words({ summary, description }: EventText) {
  return {
    summary: capText(cleanLine(summary), SUMMARY_LIMIT),
    description: capText(cleanText(description), DESCRIPTION_LIMIT),
  };
}

/**
 * DTEND is exclusive: the day after. RFC 5545 3.6.1. A calendar without a zone of its own writes the
 * days of these dates in UTC, wherever it is written.
 */
function allDay(date: string) {
  const day = Date.parse(`${date}T00:00:00Z`);
  return { allDay: true, start: new Date(day), end: new Date(day + DAY) };
}

function timed({ start, zone }: BookedTime) {
  const end = start.plus({ minutes: BOOKED_MINUTES });
  return zone === null ? { start, end } : { start, end, timezone: zone };
}

function alarm(isTimed: boolean) {
  return {
    type: ICalAlarmType.display,
    triggerBefore: isTimed ? TIMED_ALARM_SECONDS : ALL_DAY_ALARM_SECONDS,
  };
}

function shownAs(booked: boolean) {
  return booked
    ? { transparency: ICalEventTransparency.OPAQUE, busystatus: ICalEventBusyStatus.BUSY }
    : { transparency: ICalEventTransparency.TRANSPARENT, busystatus: ICalEventBusyStatus.FREE };
}
