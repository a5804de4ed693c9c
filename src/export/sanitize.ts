/**
 * One sanitizer for everything that leaves the product as text. Each sink (calendar, terminal, HTML,
 * CSV) cleans first and then escapes by its own rules, so that no stored text can end a line, start
 * a command or turn the reading direction round.
 */

/** Longest SUMMARY, in code points. calendar.md, "ical-generator 11 traps". */
export const SUMMARY_LIMIT = 120;

/** Longest DESCRIPTION, in code points. calendar.md, "ical-generator 11 traps". */
export const DESCRIPTION_LIMIT = 1000;

/** Most texts need no cleaning; the test is much cheaper than the work. */
const PLAIN = /^[\x20-\x7E\n]*$/;
const LINE_BREAKS = /\r\n|[\r\u0085\u2028\u2029]/gu;
const UNWANTED = /[^\P{Cc}\n]|[\p{Bidi_Control}\p{Noncharacter_Code_Point}\uFEFF]/gu;

/**
 * Well-formed Unicode with `\n` as the only line break and the only control character: a lone
 * surrogate becomes U+FFFD, a tab a space; other C0 and C1 controls, bidi controls, noncharacters
 * and byte order marks are dropped.
 */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.toWellFormed().replace(LINE_BREAKS, '\n').replaceAll('\t', ' ').replace(UNWANTED, '');
}

/** Words of ASCII with one space between them: what `cleanLine` would give back as it is. */
const NEAT = /^[\x21-\x7E]+(?: [\x21-\x7E]+)*$/;

/** `cleanText` on one line: runs of white space become one space. */
export function cleanLine(text: string): string {
  return NEAT.test(text) ? text : cleanText(text).replace(/\s+/gu, ' ').trim();
}

/**
 * At most `limit` code points; a longer text ends in `…`, which is counted. A surrogate pair is
 * never split.
 */
export function capText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = [...text];
  return points.length <= limit ? text : `${points.slice(0, limit - 1).join('')}…`;
}

const HTML_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (character) => HTML_ESCAPES[character] ?? '');
}

/** What spreadsheets may read as the start of a formula, also in its full-width forms. */
const FORMULA = /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u;

/**
 * One CSV cell (RFC 4180) on one line. A cell that a spreadsheet could read as a formula gets a
 * leading `'`: one that starts with `= + - @` when cleaned, or with a control (TAB, NUL, CR, LF) as given.
 */
export function csvCell(text: string): string {
  const clean = cleanLine(text);
  const safe = FORMULA.test(clean) || /^\p{Cc}/u.test(text) ? `'${clean}` : clean;
  return /[",\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One CSV record, ended with CRLF. */
export function csvRecord(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/**
 * JSON on one line (or indented) that keeps every value and is safe to print: characters that a
 * terminal or a line reader acts on, and which JSON allows to stand unescaped, are written as `\uXXXX`.
 */
export function safeJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
