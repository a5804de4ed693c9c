import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvRecord, csvRecords, type TextLine } from '../../src/input/cohort-csv-records.ts';

async function recordsOf(lines: readonly TextLine[], separator: string): Promise<CsvRecord[]> {
  async function* each() {
    yield* lines;
  }
  const records: CsvRecord[] = [];
  for await (const record of csvRecords(each(), { separator, firstLine: 1 })) records.push(record);
  return records;
}

const separators = fc.constantFrom(',', ';', '\t');
/** Text in which the characters of the grammar are frequent. */
const cell = fc
  .array(fc.constantFrom('a', 'é', ' ', '"', ',', ';', '\t', '\n', "'"), { maxLength: 8 })
  .map((characters) => characters.join(''));

describe('the records of a CSV file', () => {
  it('are the cells that were written, each with its first line', async () => {
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(rows, separators, async (written, separator) => {
        const texts = written.map((cells) =>
          cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(separator),
        );
        const records = await recordsOf(
          texts
            .join('\n')
            .split('\n')
            .slice(0, texts.length === 0 ? 0 : undefined),
          separator,
        );
        let line = 1;
        const expected = written.map((cells, index) => {
          const record = { line, cells };
          line += (texts[index] ?? '').split('\n').length;
          return record;
        });
        expect(records).toEqual(expected);
      }),
    );
  });

  it('whatever the lines are, each line is in one record, and nothing is thrown', async () => {
    const line = fc.oneof(
      cell.map((text) => text.replaceAll('\n', '')),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), separators, async (lines, separator) => {
        const records = await recordsOf(lines, separator);
        const starts = records.map((record) => record.line);
        expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
        expect(starts[0]).toBe(lines.length === 0 ? undefined : 1);
        const faulty = records.filter((record) => 'problem' in record).map((record) => record.line);
        for (const start of faulty.filter((each) => each < lines.length)) {
          expect(starts).toContain(start + 1);
        }
      }),
    );
  });

  it('a cell may have thirty lines, and not one more', async () => {
    const cellOf = (lines: number) => `"${Array.from({ length: lines }, () => 'x').join('\n')}"`;
    expect(await recordsOf(cellOf(30).split('\n'), ',')).toHaveLength(1);
    const [first, ...others] = await recordsOf(cellOf(31).split('\n'), ',');
    expect(first).toMatchObject({
      line: 1,
      problem: { message: expect.stringContaining('quote') },
    });
    expect(others).toHaveLength(30);
  });
});
