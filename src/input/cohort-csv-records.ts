import { CsvError, parse } from 'csv-parse/sync';
import type { Problem } from '../domain/problem.ts';

/** A line of a text file without its end, or why it is not text. */
export type TextLine = string | { readonly problem: Problem };

/** One record of a CSV file: its cells as they stand there, or why it cannot be taken apart. */
export type CsvRecord = {
  /** The first line of the record in its file, from 1. */
  readonly line: number;
} & ({ readonly cells: readonly string[] } | { readonly problem: Problem });

/** A cell with more line breaks than this has most often lost its closing quote. */
const MOST_LINES = 30;

/**
 * Takes lines apart into records (RFC 4180). A quote in the wrong place is a fault of its own record:
 * the next line is read as if nothing had happened.
 */
export async function* csvRecords(
  lines: AsyncIterator<TextLine>,
  { separator, firstLine }: { readonly separator: string; readonly firstLine: number },
): AsyncGenerator<CsvRecord> {
  const ahead = new LinesAhead(lines);
  for (let line = firstLine; ; ) {
    const first = await ahead.at(0);
    if (first === undefined) return;
    if (typeof first !== 'string') {
      yield { line, problem: first.problem };
      ahead.drop(1);
      line += 1;
      continue;
    }
    const { taken, record } = await recordFrom(ahead, first, separator);
    yield { line, ...record };
    ahead.drop(taken);
    line += taken;
  }
}

type Cells = { readonly cells: readonly string[] } | { readonly problem: Problem };

/** The record that begins with the first line, and how many lines it takes. */
async function recordFrom(
  ahead: LinesAhead,
  first: string,
  separator: string,
): Promise<{ readonly taken: number; readonly record: Cells }> {
  let text = first;
  for (let taken = 1; ; taken += 1) {
    const record = csvCells(text, separator);
    if (record !== 'unfinished') return { taken: 'cells' in record ? taken : 1, record };
    const next = taken < MOST_LINES ? await ahead.at(taken) : undefined;
    if (typeof next !== 'string') return { taken: 1, record: { problem: NOT_CLOSED } };
    text += `\n${next}`;
  }
}

/** The cells of one record; `unfinished`: it ends inside quotes. */
export function csvCells(text: string, separator: string): Cells | 'unfinished' {
  if (!text.includes('"')) return { cells: text.split(separator) };
  try {
    const [cells = []] = parse(text, {
      delimiter: separator,
      relax_column_count: true,
      record_delimiter: '\n',
    });
    return { cells };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'unfinished' : { problem: MISPLACED };
  }
}

/** A line without what is left of a Windows line end. */
export function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

const NOT_CLOSED: Problem = {
  path: '',
  message: 'a cell that begins with a quote does not end with one',
  allowed: `quotes around a whole cell, of at most ${MOST_LINES} lines`,
  mend: 'close the quote, or write "" for a quote inside a cell',
};

const MISPLACED: Problem = {
  path: '',
  message: 'a quote stands in the wrong place',
  allowed: 'quotes around a whole cell',
  mend: 'put the cell in quotes and write "" for a quote inside it',
};

/** Lines that were looked at and not yet used up. */
class LinesAhead {
  readonly #lines: AsyncIterator<TextLine>;
  #kept: TextLine[] = [];

  constructor(lines: AsyncIterator<TextLine>) {
    this.#lines = lines;
  }

  /** The line `index` lines on; undefined: the file ends before it. */
  async at(index: number): Promise<TextLine | undefined> {
    while (this.#kept.length <= index) {
      const next = await this.#lines.next();
      if (next.done === true) return undefined;
      this.#kept.push(typeof next.value === 'string' ? withoutReturn(next.value) : next.value);
    }
    return this.#kept[index];
  }

  drop(count: number): void {
    this.#kept = this.#kept.slice(count);
  }
}
