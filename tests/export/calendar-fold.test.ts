import fc from 'fast-check';
import { ICalCalendar } from 'ical-generator';
import { describe, expect, it } from 'vitest';
import { folded } from '../../src/export/calendar-fold.ts';

const UTF8 = new TextEncoder();
const characters = fc.constantFrom('a', ' ', 'é', '€', '😀', ',', ';', '\n');
const texts = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', maxLength: 400 }),
  fc.string({ unit: characters, maxLength: 300 }),
);

/** An event as it stands alone, and as ical-generator writes it into a calendar. */
function written(description: string): { alone: string; inCalendar: string } {
  const calendar = new ICalCalendar({ timezone: null });
  const day = new Date(0);
  const event = calendar.createEvent({
    id: 'x',
    stamp: day,
    start: day,
    summary: 's',
    description,
  });
  const all = calendar.toString();
  return {
    alone: event.toString(),
    inCalendar: all.slice(all.indexOf('BEGIN:VEVENT'), all.indexOf('END:VCALENDAR')),
  };
}

describe('folding a calendar', () => {
  it('gives the bytes of ical-generator', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { alone, inCalendar } = written(text);
        expect(folded(alone)).toBe(inCalendar);
      }),
    );
  });

  it('leaves no line longer than 75 octets, and unfolds to the same text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { alone } = written(text);
        const lines = folded(alone).split('\r\n');
        expect(lines.filter((line) => UTF8.encode(line).length > 75)).toEqual([]);
        expect(folded(alone).replaceAll('\r\n ', '')).toBe(alone);
      }),
    );
  });

  it.each([74, 75, 148, 149])('cuts a line of %i characters into pieces of 74', (length) => {
    const pieces = folded('x'.repeat(length)).split('\r\n ');
    expect(pieces.map((piece) => piece.length)).toEqual(
      [74, length - 74, length - 148].map((left) => Math.min(left, 74)).filter((left) => left > 0),
    );
  });

  it('never splits a character', () => {
    expect(folded(`${'x'.repeat(72)}€y`)).toBe(`${'x'.repeat(72)}\r\n €y`);
  });
});
