import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAppointmentEvent } from '../../src/input/booked-appointments.ts';
import { scanCalendar } from '../../src/input/calendar-file.ts';

/** As Outlook writes it: a name of its own, and rules from 1601. */
const OUTLOOK_ZONE = [
  'BEGIN:VTIMEZONE',
  'TZID:W. Europe Standard Time',
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];

function read(lines: readonly string[], zone: readonly string[] = []) {
  const event = ['BEGIN:VEVENT', 'UID:u', ...lines, 'END:VEVENT'];
  const text = ['BEGIN:VCALENDAR', ...zone, ...event, 'END:VCALENDAR', ''].join('\r\n');
  const file = scanCalendar(text);
  const [found] = file.ok ? file.value.events : [];
  if (!file.ok || found === undefined) throw new Error('the file of the test is faulty');
  return readAppointmentEvent(found, file.value.zones);
}

describe('reading an event as an appointment', () => {
  it.each([
    ['DTSTART;VALUE=DATE:20260420', { kind: 'day', day: '2026-04-20' }],
    [
      'DTSTART:20260420T073000Z',
      {
        kind: 'time',
        local: '2026-04-20T07:30',
        zone: 'UTC',
        instant: Date.UTC(2026, 3, 20, 7, 30),
      },
    ],
    [
      'DTSTART:20260420T093015',
      { kind: 'time', local: '2026-04-20T09:30:15', zone: null, instant: null },
    ],
    [
      'DTSTART;TZID=Europe/Berlin:20260420T093000',
      { kind: 'time', local: '2026-04-20T09:30', zone: 'Europe/Berlin', instant: null },
    ],
  ])('%s', (line, start) => {
    expect(read([line])).toMatchObject({ ok: true, value: { start } });
  });

  it('takes the hour of a zone that the file defines, in summer and in winter', () => {
    const zone = 'W. Europe Standard Time';
    for (const [local, instant] of [
      ['20260420T093000', Date.UTC(2026, 3, 20, 7, 30)],
      ['20261120T093000', Date.UTC(2026, 10, 20, 8, 30)],
    ] as const) {
      expect(read([`DTSTART;TZID="${zone}":${local}`], OUTLOOK_ZONE)).toMatchObject({
        value: { start: { zone, instant } },
      });
    }
  });

  it.each([
    'FREQ=SECONDLY',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3;BYSETPOS=400',
    'FREQ=YEARLY;INTERVAL=4;BYDAY=-1SU;BYMONTH=3',
  ])('does not follow a zone with the rule %s, and ends at once', (rule) => {
    const zone = OUTLOOK_ZONE.map((line) => line.replace(/^RRULE:.*/, `RRULE:${rule}`));
    const found = read(['DTSTART;TZID="W. Europe Standard Time":20260420T093000'], zone);
    expect(found).toMatchObject({ ok: true, value: { start: { instant: null } } });
  });

  it('does not follow a zone of endless length', () => {
    const padding = Array.from({ length: 6000 }, (_, index) => `COMMENT:${index}`);
    const zone = [...OUTLOOK_ZONE.slice(0, -1), ...padding, 'END:VTIMEZONE'];
    expect(read(['DTSTART;TZID="W. Europe Standard Time":20260420T093000'], zone)).toMatchObject({
      value: { start: { instant: null } },
    });
  });

  it('tells place, cancellation and revision', () => {
    const lines = [
      'DTSTART:20260420T073000Z',
      'LOCATION:Room 3\\, left',
      'STATUS:CANCELLED',
      'SEQUENCE:4',
      'LAST-MODIFIED:20260301T120000Z',
    ];
    expect(read(lines)).toMatchObject({
      value: {
        location: 'Room 3, left',
        cancelled: true,
        sequence: 4,
        modified: Date.UTC(2026, 2, 1, 12),
      },
    });
    expect(read(['DTSTART:20260420T073000Z', 'SEQUENCE:many'])).toMatchObject({
      value: { cancelled: false, sequence: 0, modified: null },
    });
  });

  it.each(['RRULE:FREQ=WEEKLY', 'RDATE:20260421T073000Z', 'RECURRENCE-ID:20260420T073000Z'])(
    'refuses a recurring event: %s',
    (line) => {
      expect(read(['DTSTART:20260420T073000Z', line])).toMatchObject({
        ok: false,
        problems: [{ path: 'events[0]', message: expect.stringContaining('recurs') }],
      });
    },
  );

  it.each([
    [[]],
    [['DTSTART:20260230T093000Z']],
    [['DTSTART;VALUE=DATE:20261301']],
    [['DTSTART:20260420T250000Z']],
    [['DTSTART:tomorrow']],
    [['DTSTART:20260420T073000Z', 'RRULE:FREQ=NEVER']],
    [['a line without a colon']],
  ])('answers %j with a problem that does not repeat the text', (lines) => {
    const found = read(['SUMMARY:Mrs Canary', ...lines]);
    expect(found).toMatchObject({ ok: false, problems: [{ path: 'events[0]' }] });
    expect(JSON.stringify(found)).not.toContain('Canary');
  });

  it('answers any lines with a value', () => {
    const line = fc.oneof(
      fc
        .tuple(
          fc.constantFrom('DTSTART', 'DTSTART;TZID=W. Europe Standard Time', 'RRULE', 'LOCATION'),
          fc.oneof(fc.constantFrom('20260420T093000', '99991231T235959Z', '20260420'), fc.string()),
        )
        .map(([name, value]) => `${name}:${value.replaceAll(/[\r\n]/g, '')}`),
      fc.string().map((text) => `X${text.replaceAll(/[\r\n]/g, '')}`),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        expect(typeof read(lines, OUTLOOK_ZONE).ok).toBe('boolean');
      }),
    );
  });
});
