import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { calendarCode } from '../../src/export/calendar-item.ts';
import { visitText } from '../../src/export/calendar-text.ts';
import { toCsv } from '../../src/export/csv.ts';
import { toHtml } from '../../src/export/html.ts';
import { toIcs } from '../../src/export/ics.ts';
import { toJson, toJsonLine } from '../../src/export/json.ts';
import {
  capText,
  cleanLine,
  cleanText,
  DESCRIPTION_LIMIT,
  SUMMARY_LIMIT,
} from '../../src/export/sanitize.ts';
import { toTable } from '../../src/export/table.ts';
import { columnsOf } from '../../src/export/terminal-text.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { infected, nastyText, skeletonOfPage } from './nasty-texts.ts';
import { parseCsv } from './parse-csv.ts';
import { samplePlan, testUid } from './sample-plans.ts';

/** Fields that carry text of the outside world, or that could come to. */
const FREE_TEXT = new Set([
  'patientRef',
  'id',
  'location',
  'message',
  'event',
  'reason',
  'title',
  'version',
  'arithmetic',
  'reasons',
  'source',
  'citation',
  'certainty',
  'doi',
  'url',
  'note',
  'triggers',
  'tierFactors',
  'answeredBy',
  'causedBy',
]);

const CLEAN_PLANS = {
  'booked-interval': samplePlan('booked-interval'),
  escalated: samplePlan('escalated'),
  overdue: samplePlan('overdue'),
};

function holds(check: (clean: Plan, nasty: Plan) => void): void {
  const samples = fc.constantFrom<keyof typeof CLEAN_PLANS>(
    'booked-interval',
    'escalated',
    'overdue',
  );
  const texts = fc.array(nastyText, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(samples, texts, (name, nasty) =>
      check(CLEAN_PLANS[name], infected(CLEAN_PLANS[name], FREE_TEXT, nasty)),
    ),
    { numRuns: 60 },
  );
}

/** Components and properties, without their values. */
function skeletonOfCalendar(component: ICAL.Component): unknown[] {
  return [
    component.name,
    component.getAllProperties().map(({ name }) => name),
    component.getAllSubcomponents().map(skeletonOfCalendar),
  ];
}

describe('nasty texts in every free field', () => {
  it('add no component, property or line to a calendar, and are read back as the sanitized text', () => {
    holds((clean, nasty) => {
      const uid = (_episode: string, key: string): string => testUid('', key);
      const options = { uid, privacy: 'named' } as const;
      const text = toIcs([nasty], options);
      const calendar = new ICAL.Component(ICAL.parse(text));
      const expected = new ICAL.Component(ICAL.parse(toIcs([clean], options)));
      expect(skeletonOfCalendar(calendar)).toEqual(skeletonOfCalendar(expected));
      for (const line of text.split('\r\n')) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(line).not.toMatch(/[\p{Cc}\p{Bidi_Control}\uFFFE\uFFFF]/u);
      }
      expect(text.isWellFormed()).toBe(true);
      const events = new Map(
        calendar
          .getAllSubcomponents('vevent')
          .map((event) => [event.getFirstPropertyValue('uid'), event]),
      );
      for (const visit of nasty.visits) {
        const event = events.get(uid('', visit.key));
        if (event === undefined) continue;
        const told = visitText(nasty, visit, calendarCode(uid('', visit.key)), {
          privacy: 'named',
        });
        const { location } = visit.booking ?? {};
        expect(event.getFirstPropertyValue('summary')).toBe(
          capText(cleanLine(told.summary), SUMMARY_LIMIT),
        );
        expect(event.getFirstPropertyValue('description')).toBe(
          capText(cleanText(told.description), DESCRIPTION_LIMIT),
        );
        expect(event.getFirstPropertyValue('location')).toBe(
          location === undefined ? null : capText(cleanLine(location), 200),
        );
      }
    });
  });

  it('reach no minimal calendar at all', () => {
    holds((clean, nasty) => {
      const uid = (_episode: string, key: string): string => testUid('', key);
      expect(toIcs([nasty], { uid })).toBe(toIcs([clean], { uid }));
    });
  });

  it('add no row or cell to CSV, and no formula', () => {
    holds((clean, nasty) => {
      const text = toCsv([nasty]);
      const rows = parseCsv(text);
      expect(rows.map((row) => row.length)).toEqual(
        parseCsv(toCsv([clean])).map((row) => row.length),
      );
      for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\p{Cc}]/u);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      const reference = rows[1]?.[1];
      const expected = cleanLine(nasty.episode.patientRef ?? '');
      expect([expected, `'${expected}`]).toContain(reference);
    });
  });

  it('add no tag or attribute to the page', () => {
    holds((clean, nasty) => {
      const page = toHtml(nasty);
      expect(skeletonOfPage(page)).toEqual(skeletonOfPage(toHtml(clean)));
      expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    });
  });

  it.each([20, 60, 80, 200])(
    'reach no control of a terminal, nor leave its %i columns',
    (width) => {
      holds((_clean, nasty) => {
        const plain = toTable([nasty], { width, colour: false });
        expect(plain.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
        for (const line of plain.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(width);
        const coloured = toTable([nasty], { width, colour: true });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences of our own are meant
        expect(coloured.replace(/\u001b\[(?:0|1|2|33|1;31)m/g, '')).toBe(plain);
      });
    },
  );

  it('are kept as they are by JSON, on one line', () => {
    holds((_clean, nasty) => {
      expect(JSON.parse(toJson([nasty]))).toEqual(nasty);
      const line = toJsonLine(nasty);
      expect(JSON.parse(line)).toEqual(nasty);
      expect(line.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/u)).toHaveLength(2);
      expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    });
  });
});
