import ICAL from 'ical.js';
import { type DateText, parseDay } from '../domain/civil-date.ts';
import { failure, type Outcome, type Problem, success } from '../domain/problem.ts';
import type { CalendarFile, FileEvent } from './calendar-file.ts';

/** When an event begins, as its file tells it. */
export type FileTime =
  | { readonly kind: 'day'; readonly day: DateText }
  /**
   * `local` is `2026-04-20T09:30` (with seconds where there are some). `zone` is `UTC`, the TZID, or
   * null where none is named. `instant`, in milliseconds since 1970-01-01T00:00Z, is null where the
   * file does not define the zone.
   */
  | {
      readonly kind: 'time';
      readonly local: string;
      readonly zone: string | null;
      readonly instant: number | null;
    };

/** An appointment of a clinic's calendar. */
export interface BookedAppointment {
  readonly start: FileTime;
  readonly location?: string | undefined;
  readonly cancelled: boolean;
  /** SEQUENCE; null where none is given. RFC 5545 3.8.7.4. */
  readonly sequence: number | null;
  /** LAST-MODIFIED in milliseconds since 1970-01-01T00:00Z; null where none is given. */
  readonly modified: number | null;
}

const REPEATS = ['rrule', 'rdate', 'exrule', 'recurrence-id'];

/** Reads one event of a calendar file as an appointment. Problems name the event, never its text. */
export function readAppointmentEvent(
  event: FileEvent,
  zones: CalendarFile['zones'],
): Outcome<BookedAppointment> {
  const unreadable: Problem = {
    path: `events[${event.index}]`,
    message: 'the event cannot be read',
    mend: 'record the booking by hand',
  };
  try {
    const component = new ICAL.Component(ICAL.parse(event.text));
    if (REPEATS.some((name) => component.hasProperty(name))) {
      return failure({
        path: `events[${event.index}]`,
        message: 'the event recurs; a follow-up visit has one appointment',
        mend: 'make one single event of it, or record the booking by hand',
      });
    }
    const start = startOf(component, zones);
    if (start === undefined) return failure({ ...unreadable, message: 'the event has no start' });
    const location = component.getFirstPropertyValue('location');
    return success({
      start,
      ...(typeof location === 'string' && location.trim() !== '' ? { location } : {}),
      cancelled: /^cancelled$/i.test(String(component.getFirstPropertyValue('status'))),
      sequence: sequenceOf(component),
      modified: instantOf(component, 'last-modified'),
    });
  } catch {
    return failure(unreadable);
  }
}

const JCAL_TIME = /^(\d{4}-\d{2}-\d{2})(?:T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(Z)?)?$/;

function startOf(component: ICAL.Component, zones: CalendarFile['zones']): FileTime | undefined {
  const property = component.getFirstProperty('dtstart');
  if (property === null) return undefined;
  const match = JCAL_TIME.exec(String(property.toJSON()[3]));
  const [, day = '', hour, minute, second, utc] = match ?? [];
  if (match === null || parseDay(day) === undefined) return undefined;
  if (hour === undefined) return { kind: 'day', day };
  const local = `${day}T${hour}:${minute}${second === '00' ? '' : `:${second}`}`;
  const asUtc = Date.parse(`${day}T${hour}:${minute}:${second}Z`);
  if (utc !== undefined) return { kind: 'time', local, zone: 'UTC', instant: asUtc };
  const tzid = property.getParameter('tzid');
  if (typeof tzid !== 'string') return { kind: 'time', local, zone: null, instant: null };
  const time = property.getFirstValue();
  const offset = time instanceof ICAL.Time ? offsetIn(zones.get(tzid), time) : undefined;
  return {
    kind: 'time',
    local,
    zone: tzid,
    instant: offset === undefined ? null : asUtc - offset * 1000,
  };
}

/** Rules that all zones of the present have. Others could keep a reader busy without end. */
const YEARLY_RULE =
  /^(?:(?:^|;)(?:FREQ=YEARLY|INTERVAL=1|BYMONTH=(?:[1-9]|1[0-2])|BYDAY=[+-]?[1-4](?:SU|MO|TU|WE|TH|FR|SA)|WKST=[A-Z]{2}|UNTIL=[\dTZ:-]+))+$/;
const LONGEST_ZONE = 50_000;

/** Seconds east of UTC by a VTIMEZONE of the file; `undefined` where it has none that can be trusted. */
function offsetIn(zone: string | undefined, time: ICAL.Time): number | undefined {
  if (zone === undefined || zone.length > LONGEST_ZONE) return undefined;
  try {
    const component = new ICAL.Component(ICAL.parse(zone));
    const rules = component
      .getAllSubcomponents()
      .flatMap((part) => part.getAllProperties('rrule'))
      .map((rule) => rule.toICALString().replace(/^RRULE:/i, ''));
    if (!rules.every((rule) => YEARLY_RULE.test(rule))) return undefined;
    return new ICAL.Timezone(component).utcOffset(time);
  } catch {
    return undefined;
  }
}

function sequenceOf(component: ICAL.Component): number | null {
  const given = component.getFirstPropertyValue('sequence');
  if (given === null) return null;
  const sequence = Number(given);
  return Number.isSafeInteger(sequence) && sequence > 0 ? sequence : 0;
}

function instantOf(component: ICAL.Component, name: string): number | null {
  const time = component.getFirstPropertyValue(name);
  return time instanceof ICAL.Time ? time.toUnixTime() * 1000 : null;
}
