import { type FileFault, IoFault, type Surroundings } from './surroundings.ts';

/** One case as text, with its line where the file holds one case a line. */
export interface CaseText {
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

function looksLikeOneCaseALine(path: string, firstLine: string): boolean {
  if (LINES_NAME.test(path)) return true;
  const text = firstLine.trim();
  return text.startsWith('{') && text.endsWith('}');
}

async function* fromFirst(first: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    yield next.value;
  }
}

async function* eachLine(lines: AsyncIterable<string>): AsyncGenerator<CaseText> {
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (text.trim() !== '') yield { text, line };
  }
}

async function* wholeDocument(lines: AsyncIterable<string>): AsyncGenerator<CaseText> {
  const parts: string[] = [];
  let length = 0;
  for await (const text of lines) {
    length += text.length + 1;
    if (length > LONGEST_DOCUMENT) {
      throw new IoFault({
        path: '',
        message: 'the file is too large for one document',
        found: 'more than 64 MB',
        allowed: 'one case up to 64 MB, or any number of cases one a line (.ndjson)',
      });
    }
    parts.push(text);
  }
  yield { text: parts.join('\n') };
}

/**
 * Reads the cases of a file or of standard input (`-`): one JSON document, or NDJSON, which is
 * told by the name (.ndjson, .jsonl) or by a first line that is a whole object.
 */
export async function readCases(
  surroundings: Surroundings,
  path: string,
): Promise<{ ok: true; texts: CaseTexts } | { ok: false; fault: FileFault }> {
  const source = await surroundings.openLines(path);
  if (!source.ok) return source;
  const iterator = source.lines[Symbol.asyncIterator]();
  const first = await iterator.next();
  const firstLine = first.done === true ? '' : first.value;
  const many = looksLikeOneCaseALine(path, firstLine);
  const lines = fromFirst(firstLine, iterator);
  return {
    ok: true,
    texts: {
      many,
      cases: many ? eachLine(lines) : wholeDocument(lines),
      totalBytes: source.totalBytes,
      bytesRead: () => source.bytesRead(),
    },
  };
}

/** Reads a whole file as text. */
export async function readText(
  surroundings: Surroundings,
  path: string,
): Promise<{ ok: true; text: string } | { ok: false; fault: FileFault }> {
  const source = await surroundings.openLines(path);
  if (!source.ok) return source;
  for await (const { text } of wholeDocument(source.lines)) return { ok: true, text };
  return { ok: true, text: '' };
}
