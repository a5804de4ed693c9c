import { describe, expect, test } from 'vitest';
import { dayFromCivil, formatDay } from '../../../src/domain/civil-date.ts';
import { feedWindow, inWindow } from '../../../src/service/calendar/feed-window.ts';
import type { CalendarEntry } from '../../../src/store/calendar-entry.ts';

const TODAY = dayFromCivil(2026, 6, 15);
const DAY_MS = 86_400_000;

function entry(uid: string, fromToday: number, cancelledAgo?: number): CalendarEntry {
  const start = formatDay((TODAY + fromToday) as typeof TODAY).replaceAll('-', '');
  return {
    key: uid,
    privacy: 'minimal',
    uid,
    sequence: 0,
    stamp: (TODAY - (cancelledAgo ?? 0)) * DAY_MS,
    cancelled: cancelledAgo !== undefined,
    vevent: `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTART;VALUE=DATE:${start}\r\nEND:VEVENT\r\n`,
  };
}

function told(entries: readonly CalendarEntry[], most?: number): string[] {
  const window = feedWindow('clinic', TODAY);
  return inWindow(entries, { ...window, most: most ?? window.most }).map(({ uid }) => uid);
}

describe('a calendar of many patients', () => {
  test('holds what is planned to the 400th day, and everything of days past', () => {
    const entries = [entry('a', 400), entry('b', 401), entry('c', -2000), entry('d', 0)];
    expect(told(entries)).toEqual(['a', 'c', 'd']);
  });

  test('tells cancelled events for 90 days, to the end of the last', () => {
    expect(told([entry('a', 0, 90), entry('b', 0, 91), entry('c', 900, 1)])).toEqual(['a', 'c']);
  });

  test('reads the day of an event that has a time in a zone', () => {
    const booked = entry('a', 0);
    const vevent = booked.vevent.replace(/DTSTART.*/, 'DTSTART;TZID=Europe/Berlin:20280101T093000');
    expect(told([{ ...booked, vevent }])).toEqual([]);
  });

  test('holds 2 000 events at most', () => {
    const entries = Array.from({ length: 2100 }, (_, index) => entry(`e${index}`, index % 300));
    expect(told(entries)).toHaveLength(2000);
  });

  test('leaves out tombstones first, then what is furthest ahead, whatever the order of the entries', () => {
    const entries = [
      entry('far', 300),
      entry('old', 5, 60),
      entry('near-b', 10),
      entry('fresh', 5, 1),
      entry('overdue', -20),
      entry('near-a', 10),
    ];
    for (const given of [entries, [...entries].reverse()]) {
      expect(told(given, 5)).toEqual(['overdue', 'near-a', 'near-b', 'far', 'fresh']);
      expect(told(given, 2)).toEqual(['overdue', 'near-a']);
    }
  });
});

describe('the calendar of a patient', () => {
  test('holds everything that is planned', () => {
    const entries = Array.from({ length: 2100 }, (_, index) => entry(`e${index}`, index));
    expect(inWindow(entries, feedWindow('patient', TODAY))).toHaveLength(2100);
  });
});
