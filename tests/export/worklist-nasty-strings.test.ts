import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../src/export/terminal-text.ts';
import { worklistToCsv } from '../../src/export/worklist-csv.ts';
import { worklistToHtml } from '../../src/export/worklist-html.ts';
import { rowToJsonLine } from '../../src/export/worklist-json.ts';
import { worklistToText } from '../../src/export/worklist-text.ts';
import type { Worklist, WorklistRow } from '../../src/plan/worklist-row.ts';
import { parseCsv } from './parse-csv.ts';
import { sampleWorklist } from './sample-worklist.ts';

const clean = sampleWorklist();

const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '=HYPERLINK("http://evil")',
        '-1',
        '@x',
        '\t=1',
        '","x","',
        '"\r\n=1,',
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        '\u001b[2J\u001b]0;owned\u0007',
        '\u202egnp.exe\u2069',
        '\u2028',
        '\ud800',
        '\ufffe',
        'x'.repeat(300),
      ),
      fc.string({ unit: 'binary' }),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => parts.join(''));

/** A row with nasty texts in every field that carries text of the outside world. */
function infected(row: WorklistRow, text: string): WorklistRow {
  const { booked, rule, contacts } = row;
  return {
    ...row,
    clinic: text + row.clinic,
    patientRef: text,
    episode: text + row.episode,
    item: text + row.item,
    reason: text + row.reason,
    code: text,
    triggers: row.triggers.map((trigger) => text + trigger),
    booked: booked === null ? null : { ...booked, location: text, event: text },
    rule: { ...rule, protocol: { id: text, version: text } },
    contacts: { ...contacts, last: contacts.last === null ? null : { ...contacts.last, id: text } },
  };
}

function holds(check: (worklist: Worklist) => void): void {
  const texts = fc.array(nasty, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(texts, (list) => {
      const rows = clean.rows.map((row, index) => infected(row, list[index % list.length] ?? ''));
      check({ ...clean, rows });
    }),
    { numRuns: 60 },
  );
}

const withPatient = (row: WorklistRow): WorklistRow => infected(row, 'x');
const CONTROLS = /[\p{Cc}\p{Bidi_Control}]/u;

describe('nasty texts in a worklist', () => {
  it('add no record or cell to CSV, and no formula', () => {
    holds((worklist) => {
      const text = worklistToCsv(worklist);
      const rows = parseCsv(text);
      expect(rows.map((row) => row.length)).toEqual(
        parseCsv(worklistToCsv(clean)).map((row) => row.length),
      );
      for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\p{Cc}]/u);
      expect(text.replaceAll('\r\n', '')).not.toMatch(CONTROLS);
    });
  });

  it('add no tag or attribute to the page', () => {
    const skeleton = (page: string) => page.match(/<[^>]*>/g) ?? [];
    const expected = skeleton(worklistToHtml({ ...clean, rows: clean.rows.map(withPatient) }));
    holds((worklist) => {
      const page = worklistToHtml(worklist);
      expect(skeleton(page)).toEqual(expected);
      expect(page.replaceAll('\n', '')).not.toMatch(CONTROLS);
    });
  });

  it.each([20, 60, 100])('reach no control of a terminal, nor leave its %i columns', (width) => {
    holds((worklist) => {
      const text = worklistToText(worklist, { width, colour: false });
      expect(text.replaceAll('\n', '')).not.toMatch(CONTROLS);
      for (const line of text.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(width);
    });
  });

  it('are kept by JSON, on one line', () => {
    holds(({ rows }) => {
      for (const row of rows) {
        const line = rowToJsonLine(row);
        expect(JSON.parse(line)).toEqual(row);
        expect(line.slice(0, -1)).not.toMatch(CONTROLS);
      }
    });
  });
});
