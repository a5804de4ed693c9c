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

describe('vtimezone', () => {
  it.each(ZONES)('gives every hour of its years the offset that luxon gives, in %s', (name) => {
    const zone = new ICAL.Timezone(
      new ICAL.Component(ICAL.parse(vtimezone(name, { first: 2026, last: 2027 }))),
    );
    const wrong: string[] = [];
    const start = Date.UTC(2026, 0, 1);
    for (let at = start; at < Date.UTC(2028, 0, 1); at += 5 * 3_600_000) {
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

  it('names the zone and has one observance for what held at the start', () => {
    const lines = vtimezone('Asia/Kathmandu', { first: 2026, last: 2026 }).split('\r\n');
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
