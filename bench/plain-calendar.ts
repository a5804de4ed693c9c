import ICAL from 'ical.js';
import {
  ICalAlarmType,
  ICalCalendar,
  type ICalEventBusyStatus,
  type ICalEventStatus,
  type ICalEventTransparency,
} from 'ical-generator';

/** All that one calendar event says, ready to be written. */
export interface PlainEvent {
  readonly id: string;
  readonly sequence: number;
  readonly stamp: Date;
  readonly created: Date;
  readonly start: Date;
  readonly end: Date;
  readonly summary: string;
  readonly description: string;
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

/** Reads the events of a calendar with ical.js, so that the loop is given the same ones. */
export function eventsOf(calendar: string): PlainEvent[] {
  const component = new ICAL.Component(ICAL.parse(calendar));
  return component.getAllSubcomponents('vevent').map((event) => {
    const alarm = event.getFirstSubcomponent('valarm')?.getFirstPropertyValue('trigger');
    return {
      id: text(event, 'uid'),
      sequence: Number(text(event, 'sequence')),
      stamp: date(event, 'dtstamp'),
      created: date(event, 'created'),
      start: date(event, 'dtstart'),
      end: date(event, 'dtend'),
      summary: text(event, 'summary'),
      description: text(event, 'description'),
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
    calendar.createEvent({
      id: event.id,
      sequence: event.sequence,
      stamp: event.stamp,
      created: event.created,
      lastModified: event.stamp,
      allDay: true,
      start: event.start,
      end: event.end,
      summary: event.summary,
      description: event.description,
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
