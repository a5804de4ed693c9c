import { failure, type Outcome, type Problem } from '../../domain/problem.ts';
import { lineFinder } from '../../service/case/line-of-path.ts';
import { parseJson } from '../../service/case/parse-json.ts';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import type { Place } from '../faults/problem-report.ts';
import type { FileFault, Line, Surroundings } from '../surroundings.ts';

/** One document of a file, with its line where the file holds one case a line. */
export interface CaseText {
  readonly document: Outcome<unknown>;
  readonly text: string;
  readonly line?: number | undefined;
}

export interface CaseTexts {
  /** Whether the file holds one case a line (NDJSON). */
  readonly many: boolean;
  readonly cases: AsyncIterable<CaseText>;
  readonly totalBytes: number | null;
  bytesRead(): number;
}

const LINES_NAME = /\.(ndjson|jsonl)$/i;
const LONGEST_DOCUMENT = 64 * 1024 * 1024;

function isBlank(line: Line): boolean {
  return typeof line === 'string' && line.trim() === '';
}

function isWholeObject(line: Line | undefined): boolean {
  if (typeof line !== 'string') return false;
  const text = line.trim();
  return text.startsWith('{') && text.endsWith('}');
}

/** Whether a document can go on after this line: it ends within a list or before a value. */
function mayGoOn(line: Line): boolean {
  return typeof line === 'string' && /[{[:,]$/.test(line.trim());
}

/** Lines that were read ahead to see what the file holds. */
interface Opening {
  readonly lines: readonly Line[];
  readonly many: boolean;
}

/**
 * NDJSON shows in the name, in a first line that is a whole object, or in a second one where the
 * first is faulty. Blank lines before them are passed over.
 */
async function readOpening(path: string, lines: AsyncIterator<Line>): Promise<Opening> {
  if (LINES_NAME.test(path)) return { lines: [], many: true };
  const read: Line[] = [];
  let first: Line | undefined;
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    const line = next.value;
    read.push(line);
    if (isBlank(line)) continue;
    if (isWholeObject(line)) {
      return { lines: read, many: first === undefined || !mayGoOn(first) };
    }
    if (first !== undefined) break;
    first = line;
  }
  return { lines: read, many: false };
}

async function* followed(first: readonly Line[], rest: AsyncIterator<Line>): AsyncGenerator<Line> {
  yield* first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    yield next.value;
  }
}

async function* eachLine(lines: AsyncIterable<Line>): AsyncGenerator<CaseText> {
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (typeof text !== 'string') yield { document: failure(text.problem), text: '', line };
    else if (text.trim() !== '') yield { document: parseJson(text, line), text, line };
  }
}

/** The lines of one document together. @throws CommandFault where it is too large or not text. */
async function wholeText(lines: AsyncIterable<Line>, file: string): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  for await (const text of lines) {
    if (typeof text !== 'string') {
      throw new CommandFault(EXIT.invalidInput, [text.problem], { file, line: parts.length + 1 });
    }
    length += text.length + 1;
    if (length > LONGEST_DOCUMENT) throw new CommandFault(EXIT.invalidInput, [TOO_LARGE], { file });
    parts.push(text);
  }
  return parts.join('\n');
}

const TOO_LARGE: Problem = {
  path: '',
  message: 'the file is too large for one document',
  found: 'more than 64 MB',
  allowed: 'one case up to 64 MB, or any number of cases one a line (.ndjson)',
};

async function* wholeDocument(lines: AsyncIterable<Line>, file: string): AsyncGenerator<CaseText> {
  const text = await wholeText(lines, file);
  yield { document: parseJson(text), text };
}

/** Where the problems of a case stand: its line in NDJSON, else the line of each field. */
export function casePlace(file: string, text: string, line: number | undefined): Place {
  return line === undefined ? { file, lineOf: lineFinder(text) } : { file, line };
}

export const NO_CASE: Problem = {
  path: '',
  message: 'the file holds no case',
  allowed: 'one case as JSON, or one case a line',
};

/** Reads the cases of a file or of standard input (`-`): one JSON document, or NDJSON. */
export async function readCases(
  surroundings: Surroundings,
  path: string,
): Promise<{ ok: true; texts: CaseTexts } | { ok: false; fault: FileFault }> {
  const source = await surroundings.openLines(path);
  if (!source.ok) return source;
  const iterator = source.lines[Symbol.asyncIterator]();
  const opening = await readOpening(path, iterator);
  const lines = followed(opening.lines, iterator);
  return {
    ok: true,
    texts: {
      many: opening.many,
      cases: opening.many ? eachLine(lines) : wholeDocument(lines, path),
      totalBytes: source.totalBytes,
      bytesRead: () => source.bytesRead(),
    },
  };
}

/** Reads a whole file as text. @throws CommandFault where it is too large or not text. */
export async function readText(
  surroundings: Surroundings,
  path: string,
): Promise<{ ok: true; text: string } | { ok: false; fault: FileFault }> {
  const source = await surroundings.openLines(path);
  return source.ok ? { ok: true, text: await wholeText(source.lines, path) } : source;
}
