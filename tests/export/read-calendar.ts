import ICAL from 'ical.js';

/** An event as any reader tells it: dates as they stand, times in UTC. */
export interface ReadEvent {
  readonly uid: string;
  readonly summary: string;
  readonly description: string;
  readonly location: string | null;
  readonly start: string;
  readonly end: string;
  readonly stamp: string;
  readonly modified: string;
  readonly created: string;
  readonly sequence: number;
  readonly status: string;
  readonly transparency: string;
  readonly category: string;
  readonly alarms: readonly string[];
}

/** The calendar as ical.js parses it. */
export function parseCalendar(text: string): ICAL.Component {
  return new ICAL.Component(ICAL.parse(text));
}

/** The events of a calendar, read with ical.js. */
export function readEvents(text: string): ReadEvent[] {
  const calendar = parseCalendar(text);
  for (const zone of calendar.getAllSubcomponents('vtimezone')) {
    ICAL.TimezoneService.register(zone);
  }
  return calendar.getAllSubcomponents('vevent').map((event) => ({
    uid: textOf(event, 'uid'),
    summary: textOf(event, 'summary'),
    description: textOf(event, 'description'),
    location: event.hasProperty('location') ? textOf(event, 'location') : null,
    start: timeOf(event, 'dtstart'),
    end: timeOf(event, 'dtend'),
    stamp: timeOf(event, 'dtstamp'),
    modified: timeOf(event, 'last-modified'),
    created: timeOf(event, 'created'),
    sequence: Number(event.getFirstPropertyValue('sequence')),
    status: textOf(event, 'status'),
    transparency: textOf(event, 'transp'),
    category: textOf(event, 'categories'),
    alarms: event
      .getAllSubcomponents('valarm')
      .map((alarm) => String(alarm.getFirstPropertyValue('trigger'))),
  }));
}

function textOf(event: ICAL.Component, name: string): string {
  return String(event.getFirstPropertyValue(name));
}

function timeOf(event: ICAL.Component, name: string): string {
  const time = event.getFirstPropertyValue(name);
  if (!(time instanceof ICAL.Time)) throw new Error(`${name} is no time`);
  return time.isDate
    ? time.toString()
    : time
        .convertToZone(ICAL.Timezone.utcTimezone)
        .toICALString()
        .replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
}
