import ICAL from 'ical.js';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { vtimezone } from '../../src/export/vtimezone.ts';

const ZONES = [
  'Europe/Berlin',
  'Europe/Dublin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Kiritimati',
];

/** Every fifth hour of some years, as instants. */
function hoursOf(first: number, last: number): number[] {
  const hours: number[] = [];
  for (let at = Date.UTC(first, 0, 1); at < Date.UTC(last + 1, 0, 1); at += 5 * 3_600_000) {
    hours.push(at);
  }
  return hours;
}

describe('vtimezone', () => {
  it.each(ZONES)('gives every hour of its years the offset that luxon gives, in %s', (name) => {
    const zone = new ICAL.Timezone(
      new ICAL.Component(ICAL.parse(vtimezone(name, [2027, 2035, 2026]))),
    );
    const wrong: string[] = [];
    const hours = [...hoursOf(2026, 2027), ...hoursOf(2035, 2035)];
    for (const at of hours) {
      const local = DateTime.fromMillis(at, { zone: name });
      const clock = ICAL.Time.fromData(
        {
          year: local.year,
          month: local.month,
          day: local.day,
          hour: local.hour,
          minute: local.minute,
          second: 0,
          isDate: false,
        },
        zone,
      );
      const ambiguous = local.getPossibleOffsets().length > 1;
      if (!ambiguous && clock.toUnixTime() * 1000 !== at) wrong.push(String(local.toISO()));
    }
    expect(wrong).toEqual([]);
  });

  it('leaves out the years between', () => {
    const starts = vtimezone('Europe/Berlin', [2026, 9000]).match(/DTSTART:\d{4}/g);
    expect([...new Set(starts)]).toEqual([
      'DTSTART:1970',
      'DTSTART:2026',
      'DTSTART:8999',
      'DTSTART:9000',
    ]);
  });

  it('names the zone and has one observance for what held at the start', () => {
    const lines = vtimezone('Asia/Kathmandu', [2026]).split('\r\n');
    expect(lines).toEqual([
      'BEGIN:VTIMEZONE',
      'TZID:Asia/Kathmandu',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0545',
      'TZOFFSETTO:+0545',
      'TZNAME:+0545',
      'END:STANDARD',
      'END:VTIMEZONE',
    ]);
  });
});
