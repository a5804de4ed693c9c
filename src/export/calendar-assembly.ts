import { escape as escapeValue, ICalCalendar } from 'ical-generator';
import { compareTexts } from '../domain/compare-texts.ts';
import { capText, cleanLine, SUMMARY_LIMIT } from './sanitize.ts';
import { vtimezone } from './vtimezone.ts';

const PRODID = '//Imaging follow-up//Calendar 1//EN';
const CALENDAR_NAME = 'Imaging follow-up';
const REFRESH_SECONDS = 12 * 3600;
const ZONES_STAND_BEFORE = '\r\nREFRESH-INTERVAL;';
const ZONED_TIME = /^DT(?:START|END);TZID=([^:;\r\n]+):(\d{4})/gm;

/** An event as it was rendered. */
export interface RenderedEvent {
  readonly uid: string;
  /** From `BEGIN:VEVENT` to the line break behind `END:VEVENT`. */
  readonly vevent: string;
}

/**
 * The calendar of rendered events, sorted by UID, with a VTIMEZONE for each zone that they use and
 * for the years that they use. The same events give the same bytes. `name` must be neutral; absent:
 * `Imaging follow-up`.
 */
export function assembleCalendar(events: readonly RenderedEvent[], name = CALENDAR_NAME): string {
  const sorted = [...events].sort((a, b) => compareTexts(a.uid, b.uid));
  const frame = new ICalCalendar({
    prodId: PRODID,
    scale: 'GREGORIAN',
    name: escapeValue(capText(cleanLine(name), SUMMARY_LIMIT), false),
    ttl: REFRESH_SECONDS,
  }).toString();
  const zonesAt = frame.indexOf(ZONES_STAND_BEFORE) + '\r\n'.length;
  const eventsAt = frame.lastIndexOf('END:VCALENDAR');
  return [
    frame.slice(0, zonesAt),
    ...zonesOf(sorted),
    frame.slice(zonesAt, eventsAt),
    ...sorted.map(({ vevent }) => vevent),
    frame.slice(eventsAt),
    '\r\n',
  ].join('');
}

function zonesOf(events: readonly RenderedEvent[]): string[] {
  const years = new Map<string, Set<number>>();
  for (const { vevent } of events) {
    if (!vevent.includes(';TZID=')) continue;
    for (const [, zone = '', year] of vevent.matchAll(ZONED_TIME)) {
      years.set(zone, (years.get(zone) ?? new Set()).add(Number(year)));
    }
  }
  return [...years].map(([zone, used]) => `${vtimezone(zone, used)}\r\n`);
}
