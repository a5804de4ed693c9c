import { failure, type Outcome, type Problem, showFound, success } from '../domain/problem.ts';
import type { CohortField } from './cohort-csv-columns.ts';

/** What a cell holds, once it is read; undefined: not recorded. */
export type CellValue = string | number | boolean | undefined;

const KINDS: Readonly<Partial<Record<CohortField, 'number' | 'truth'>>> = {
  tumorSizeMm: 'number',
  grade: 'number',
  ki67Percent: 'number',
  minimumMarginMm: 'number',
  freezeThawCycles: 'number',
  extensiveIntraductalComponent: 'truth',
  lymphovascularInvasion: 'truth',
};

/** What spreadsheets read as a formula, also in its full-width forms. */
const FORMULA = /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** The quote that guards text against being read as a formula, as exported files have it. */
const GUARDED = /^'(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/u;

/** Reads one cell of a column. With semicolons between cells a decimal comma is a decimal point. */
export function readCell(field: CohortField, cell: string, separator: string): Outcome<CellValue> {
  const text = cell.trim();
  if (text === '') return success(undefined);
  const kind = KINDS[field];
  if (kind === 'number') return readNumber(field, text, separator);
  if (kind === 'truth') return readTruth(field, text);
  return FORMULA.test(text) || cell.startsWith('\t')
    ? failure(formulaIn(field, text))
    : success(text.replace(GUARDED, ''));
}

function readNumber(field: CohortField, text: string, separator: string): Outcome<number> {
  const point = separator === ';' ? text.replace(',', '.') : text;
  if (/^[+-]?\d+(?:\.\d+)?$/.test(point)) return success(Number(point));
  return failure({
    path: field,
    message: 'this is not a number',
    found: showFound(text),
    allowed: separator === ';' ? 'a number, 12.5 or 12,5 say' : 'a number, 12.5 say',
  });
}

const TRUTHS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  '1': true,
  false: false,
  no: false,
  '0': false,
};

function readTruth(field: CohortField, text: string): Outcome<boolean> {
  const word = text.toLowerCase();
  const value = Object.hasOwn(TRUTHS, word) ? TRUTHS[word] : undefined;
  if (value !== undefined) return success(value);
  return failure({
    path: field,
    message: 'this is neither yes nor no',
    found: showFound(text),
    allowed: Object.keys(TRUTHS).join(', '),
  });
}

function formulaIn(field: CohortField, text: string): Problem {
  return {
    path: field,
    message: 'a spreadsheet would read this cell as a formula',
    found: showFound(text),
    allowed: 'text that does not begin with = + - @ or TAB',
    mend: "put the value there, not the formula; text that must begin so gets a ' before it",
  };
}
