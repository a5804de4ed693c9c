import { describe, expect, it } from 'vitest';
import { cancelEvent, createdOf } from '../../src/export/calendar-cancellation.ts';
import { renderEvent } from '../../src/export/calendar-event.ts';
import { calendarItems } from '../../src/export/calendar-item.ts';
import { readEvents } from './read-calendar.ts';
import { samplePlan, testUid } from './sample-plans.ts';

const KEPT = {
  sequence: 3,
  stamp: Date.UTC(2026, 0, 20),
  created: Date.UTC(2026, 0, 16, 8, 30, 15),
};
const CANCELLED = { sequence: 4, stamp: Date.UTC(2026, 4, 2, 12, 0, 1) };

function rendered(summary?: string): string {
  const [item] = calendarItems(samplePlan('booked-interval'), {
    privacy: 'coded',
    uid: (key) => testUid('EP-2', key),
  });
  if (item === undefined) throw new Error('nothing is ahead');
  const content = summary === undefined ? item.content : { ...item.content, summary };
  return renderEvent({ ...item, content }, KEPT);
}

function eventIn(vevent: string) {
  const [event] = readEvents(`BEGIN:VCALENDAR\r\n${vevent}END:VCALENDAR\r\n`);
  if (event === undefined) throw new Error('no event');
  return event;
}

describe('a tombstone', () => {
  it('keeps UID, dates, place and CREATED of the event, and moves the rest', () => {
    const before = eventIn(rendered());
    const { summary, description, ...after } = eventIn(cancelEvent(rendered(), CANCELLED));
    expect(after).toEqual({
      uid: before.uid,
      location: before.location,
      start: before.start,
      end: before.end,
      created: before.created,
      category: before.category,
      stamp: '2026-05-02T12:00:01Z',
      modified: '2026-05-02T12:00:01Z',
      sequence: 4,
      status: 'CANCELLED',
      transparency: 'TRANSPARENT',
      alarms: [],
    });
    expect(summary).toBe(`Cancelled: ${before.summary}`);
    expect(description).not.toContain('Rule');
  });

  it.each([
    ...[0, 1, 2, 3].map((shift) => ['commas', `${'x'.repeat(shift)}${'a, '.repeat(60)}`]),
    ['backslashes', '\\'.repeat(119)],
    ['letters of many bytes', 'ä€😀'.repeat(39)],
  ])('of a long title with %s is well-formed and as short as any other', (_, summary) => {
    const text = cancelEvent(rendered(summary), CANCELLED);
    const lines = text.split('\r\n');
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    const read = eventIn(text);
    expect([...read.summary].length).toBeLessThanOrEqual(120);
    expect(read.summary).toMatch(/^Cancelled: /);
    expect(text.replaceAll('\r\n ', '')).not.toMatch(/(?<!\\)(?:\\\\)*\\…/);
    expect(`Cancelled: ${summary}`.startsWith(read.summary.replace(/…$/, ''))).toBe(true);
    expect(read).toMatchObject({ uid: eventIn(rendered()).uid, sequence: 4 });
  });

  it('still tells when its event was created', () => {
    expect(createdOf(rendered())).toBe(KEPT.created);
    expect(createdOf(cancelEvent(rendered(), CANCELLED))).toBe(KEPT.created);
  });
});
