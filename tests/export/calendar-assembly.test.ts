import { describe, expect, it } from 'vitest';
import { assembleCalendar } from '../../src/export/calendar-assembly.ts';
import { parseCalendar } from './read-calendar.ts';

function block(uid: string, ...lines: readonly string[]) {
  return { uid, vevent: ['BEGIN:VEVENT', `UID:${uid}`, ...lines, 'END:VEVENT', ''].join('\r\n') };
}

function zoned(uid: string, zone: string, start: string, end = start) {
  return block(uid, `DTSTART;TZID=${zone}:${start}`, `DTEND;TZID=${zone}:${end}`);
}

function yearsOf(text: string, zone: string): string[] {
  const component = parseCalendar(text)
    .getAllSubcomponents('vtimezone')
    .find((each) => each.getFirstPropertyValue('tzid') === zone);
  const starts = (component?.getAllSubcomponents() ?? []).map((part) =>
    String(part.getFirstPropertyValue('dtstart')).slice(0, 4),
  );
  return [...new Set(starts)];
}

describe('assembling a calendar', () => {
  it('does not depend on the order of the events', () => {
    const events = [block('b'), block('c'), block('a')];
    const text = assembleCalendar(events);
    expect(assembleCalendar([...events].reverse())).toBe(text);
    expect(text.match(/^UID:.$/gm)).toEqual(['UID:a', 'UID:b', 'UID:c']);
  });

  it('finds the zones in the events, for the years of their starts and ends', () => {
    const text = assembleCalendar([
      zoned('a', 'Europe/Berlin', '20261231T233000', '20270101T003000'),
      zoned('b', 'America/New_York', '20300420T093000'),
    ]);
    expect(yearsOf(text, 'Europe/Berlin')).toEqual(['1970', '2026', '2027']);
    expect(yearsOf(text, 'America/New_York')).toEqual(['1970', '2030']);
  });

  it('takes no zone from the words of an event', () => {
    const text = assembleCalendar([
      block('a', 'DESCRIPTION:DTSTART;TZID=Europe/Berlin:2026', ' DTSTART;TZID=Asia/Tokyo:2026'),
    ]);
    expect(text).not.toContain('VTIMEZONE');
  });

  it('is a whole calendar without any event, and ends with a line break', () => {
    const text = assembleCalendar([]);
    expect(parseCalendar(text).getAllSubcomponents()).toEqual([]);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
  });
});
