import { fileKindProblem } from '../domain/file-kind.ts';
import { failure, type Outcome, type Problem, success } from '../domain/problem.ts';
import { type CellValue, readCell } from './cohort-csv-cells.ts';
import {
  type CohortColumns,
  type CohortField,
  NEEDED_FIELDS,
  readColumns,
} from './cohort-csv-columns.ts';
import { csvRecords, type TextLine, withoutReturn } from './cohort-csv-records.ts';

/** One row of a cohort file: an episode in the short form, to be checked, or what is wrong with it. */
export interface CohortCsvRow {
  /** The first line of the row in the file, from 1. */
  readonly line: number;
  readonly document: Outcome<Readonly<Partial<Record<CohortField, CellValue>>>>;
}

/**
 * Reads the episodes of a CSV file line by line: separated by comma, semicolon or TAB, which the names
 * of the columns show. An empty cell is a fact that is not recorded; a row of empty cells is passed
 * over. Where the names of the columns are faulty, that is the only row.
 */
export async function* readCohortCsv(
  lines: AsyncIterable<TextLine>,
): AsyncGenerator<CohortCsvRow, void, undefined> {
  const iterator = lines[Symbol.asyncIterator]();
  try {
    const opening = await readOpening(iterator);
    if (!opening.ok) {
      yield { line: 1, document: opening };
      return;
    }
    const { columns, line } = opening.value;
    if (!columns.ok) {
      yield { line, document: columns };
      return;
    }
    yield* rowsBelow(iterator, columns.value, line);
  } finally {
    await iterator.return?.();
  }
}

async function* rowsBelow(
  lines: AsyncIterator<TextLine>,
  columns: CohortColumns,
  headerLine: number,
): AsyncGenerator<CohortCsvRow, void, undefined> {
  const { separator } = columns;
  let rows = 0;
  for await (const record of csvRecords(lines, { separator, firstLine: headerLine + 1 })) {
    const { line } = record;
    if ('problem' in record) yield { line, document: failure(record.problem) };
    else if (record.cells.some((cell) => cell.trim() !== '')) {
      yield { line, document: readRow(record.cells, columns) };
    } else continue;
    rows += 1;
  }
  if (rows === 0) yield { line: headerLine, document: failure(NO_ROWS) };
}

interface Opening {
  readonly columns: Outcome<CohortColumns>;
  /** The line with the names of the columns. */
  readonly line: number;
}

/** Finds the names of the columns: in the first line that is not blank, behind a `sep=` of Excel's. */
async function readOpening(lines: AsyncIterator<TextLine>): Promise<Outcome<Opening>> {
  let line = 0;
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    line += 1;
    if (typeof next.value !== 'string') return failure(next.value.problem);
    const kind = line === 1 ? kindProblem(next.value) : undefined;
    if (kind !== undefined) return failure(kind);
    const text = withoutReturn(line === 1 ? next.value.replace(/^\uFEFF/u, '') : next.value);
    if (text.trim() === '' || /^sep=.$/i.test(text)) continue;
    return success({ columns: readColumns(text), line });
  }
  return failure(EMPTY);
}

function kindProblem(text: string): Problem | undefined {
  if (text.startsWith('\u00EF\u00BB\u00BF')) return IS_UTF8;
  return withoutReturn(text).includes('\r') ? OLD_LINE_ENDS : fileKindProblem(text);
}

function readRow(cells: readonly string[], { separator, fields }: CohortColumns) {
  // Spreadsheets end rows with as many separators as the widest row has.
  const surplus = cells.slice(fields.length).some((cell) => cell.trim() !== '');
  if (cells.length < fields.length || surplus) {
    return failure(wrongWidth(cells.length, fields.length));
  }
  const row: Partial<Record<CohortField, CellValue>> = {};
  const problems: Problem[] = [];
  fields.forEach((field, index) => {
    const cell = cells[index] ?? '';
    if (field === null) {
      if (cell.trim() !== '') problems.push(namelessCell(index));
      return;
    }
    const read = readCell(field, cell, separator);
    if (!read.ok) problems.push(...read.problems);
    else if (read.value !== undefined) row[field] = read.value;
    else if (NEEDED_FIELDS.includes(field)) problems.push(emptyCell(field));
  });
  return problems.length === 0 ? success(row) : failure(...problems);
}

const EMPTY: Problem = {
  path: '',
  message: 'the file is empty',
  found: 'nothing',
  allowed: `a line with the names of the columns (at least ${NEEDED_FIELDS.join(', ')}), then one episode a line`,
};

const NO_ROWS: Problem = {
  path: '',
  message: 'the file names its columns and holds no episode',
  found: 'nothing below',
  allowed: 'one episode a line',
};

const IS_UTF8: Problem = {
  path: '',
  message: 'this is UTF-8 that is read as Latin-1',
  mend: 'leave the encoding out',
};

const OLD_LINE_ENDS: Problem = {
  path: '',
  message: 'the lines of the file end as those of old Macintosh programs do',
  allowed: 'line ends of Unix or Windows',
  mend: 'save it as CSV UTF-8',
};

function wrongWidth(found: number, wanted: number): Problem {
  return {
    path: '',
    message: `the row has too ${found < wanted ? 'few' : 'many'} cells`,
    found: String(found),
    allowed: `${wanted}, one a column`,
    mend: 'a separator inside a cell needs quotes around the cell',
  };
}

function namelessCell(index: number): Problem {
  return {
    path: '',
    message: `column ${index + 1} has no name and holds something in this row`,
    allowed: 'nothing, or a name for the column in the first line',
  };
}

function emptyCell(field: CohortField): Problem {
  return {
    path: field,
    message: 'this cell is empty',
    found: 'nothing',
    allowed: `a value: ${NEEDED_FIELDS.join(', ')} are needed in every row`,
  };
}
