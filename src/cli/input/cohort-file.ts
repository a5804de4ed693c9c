import type { CohortRow } from '../../service/cohort/cohort-rows.ts';
import { fileFault } from '../faults/file-faults.ts';
import type { Line, LineSource, Surroundings, TextEncoding } from '../surroundings.ts';
import { readCases } from './read-cases.ts';

/** The rows of a cohort file, and how far the reading is. */
export interface CohortFile {
  readonly rows: AsyncIterable<CohortRow>;
  readonly totalBytes: number | null;
  bytesRead(): number;
}

type Source = Extract<LineSource, { readonly ok: true }>;

const JSON_NAME = /\.(ndjson|jsonl|json)$/i;
const CSV_NAME = /\.(csv|tsv)$/i;

/** Reads a cohort: CSV or case files, by the name of the file, else by its first line; `-` is standard input. */
export async function readCohortFile(
  surroundings: Surroundings,
  file: string,
  encoding: TextEncoding,
): Promise<CohortFile> {
  const opened = await surroundings.openLines(file, encoding);
  if (!opened.ok) throw fileFault(opened.fault, file);
  const iterator = opened.lines[Symbol.asyncIterator]();
  const ahead = CSV_NAME.test(file) || JSON_NAME.test(file) ? [] : await firstLines(iterator);
  const source = { ...opened, lines: followed(ahead, iterator) };
  const isJson = JSON_NAME.test(file) || (!CSV_NAME.test(file) && looksLikeJson(ahead.at(-1)));
  return {
    rows: isJson ? await jsonRows(surroundings, file, source) : await csvRows(source),
    totalBytes: opened.totalBytes,
    bytesRead: () => opened.bytesRead(),
  };
}

/** The lines up to the first one that is not blank. */
async function firstLines(lines: AsyncIterator<Line>): Promise<Line[]> {
  const read: Line[] = [];
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    read.push(next.value);
    if (typeof next.value !== 'string' || next.value.trim() !== '') break;
  }
  return read;
}

function looksLikeJson(line: Line | undefined): boolean {
  return typeof line === 'string' && /^\uFEFF?\s*[{[]/u.test(line);
}

async function* followed(ahead: readonly Line[], rest: AsyncIterator<Line>): AsyncGenerator<Line> {
  yield* ahead;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    yield next.value;
  }
}

async function jsonRows(
  surroundings: Surroundings,
  file: string,
  source: Source,
): Promise<AsyncIterable<CohortRow>> {
  const read = await readCases({ ...surroundings, openLines: async () => source }, file);
  if (!read.ok) throw fileFault(read.fault, file);
  return read.texts.cases;
}

async function csvRows({ lines }: Source): Promise<AsyncIterable<CohortRow>> {
  const { readCohortCsv } = await import('../../service/cohort/read-cohort.ts');
  return readCohortCsv(lines);
}
