import ICAL from 'ical.js';
import {
  ICalAlarmType,
  ICalCalendar,
  type ICalEventBusyStatus,
  type ICalEventStatus,
  type ICalEventTransparency,
} from 'ical-generator';
import { calendarCode } from '../src/export/calendar-item.ts';
import { visitText } from '../src/export/calendar-text.ts';
import type { Plan, PlannedVisit } from '../src/plan/plan.ts';

/** All that one calendar event says, ready to be written. */
export interface PlainEvent {
  readonly id: string;
  readonly sequence: number;
  readonly stamp: Date;
  readonly created: Date;
  readonly start: Date;
  readonly end: Date;
  /** What the words are made of; the words themselves are part of the work. */
  readonly plan: Plan;
  readonly visit: PlannedVisit;
  readonly status: string;
  readonly transparency: string;
  readonly busystatus: string;
  readonly alarmSeconds: number | null;
}

function text(event: ICAL.Component, name: string): string {
  return String(event.getFirstPropertyValue(name) ?? '');
}

function date(event: ICAL.Component, name: string): Date {
  const value = text(event, name);
  return new Date(value.length === 10 ? `${value}T00:00:00Z` : value);
}

/** Reads the events of a plan's calendar with ical.js, so that the loop is given the same ones. */
export function eventsOf(
  calendar: string,
  plan: Plan,
  uidOf: (episode: string, key: string) => string,
): PlainEvent[] {
  const component = new ICAL.Component(ICAL.parse(calendar));
  return component.getAllSubcomponents('vevent').map((event) => {
    const alarm = event.getFirstSubcomponent('valarm')?.getFirstPropertyValue('trigger');
    const id = text(event, 'uid');
    const visit = plan.visits.find(({ key }) => uidOf(plan.episode.id, key) === id);
    if (visit === undefined) throw new Error(`no visit has the UID ${id}`);
    return {
      id,
      plan,
      visit,
      sequence: Number(text(event, 'sequence')),
      stamp: date(event, 'dtstamp'),
      created: date(event, 'created'),
      start: date(event, 'dtstart'),
      end: date(event, 'dtend'),
      status: text(event, 'status'),
      transparency: text(event, 'transp'),
      busystatus: text(event, 'x-microsoft-cdo-busystatus'),
      alarmSeconds: alarm instanceof ICAL.Duration ? -alarm.toSeconds() : null,
    };
  });
}

/** The floor: ical-generator as its manual shows it, one `createEvent` an event. */
export function writeInPlainLoop(events: readonly PlainEvent[]): string {
  const calendar = new ICalCalendar({
    prodId: '//Imaging follow-up//Calendar 1//EN',
    scale: 'GREGORIAN',
    name: 'Imaging follow-up',
    ttl: 12 * 3600,
  });
  for (const event of events) {
    const words = visitText(event.plan, event.visit, calendarCode(event.id), {
      privacy: 'minimal',
    });
    calendar.createEvent({
      id: event.id,
      sequence: event.sequence,
      stamp: event.stamp,
      created: event.created,
      lastModified: event.stamp,
      allDay: true,
      start: event.start,
      end: event.end,
      summary: words.summary,
      description: words.description,
      categories: [{ name: 'Imaging' }],
      status: event.status as ICalEventStatus,
      transparency: event.transparency as ICalEventTransparency,
      busystatus: event.busystatus as ICalEventBusyStatus,
      alarms:
        event.alarmSeconds === null
          ? []
          : [{ type: ICalAlarmType.display, triggerBefore: event.alarmSeconds }],
    });
  }
  return calendar.toString();
}
