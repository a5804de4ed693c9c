/** One content line of RFC 5545, unfolded, in its parts. */
export interface ContentLine {
  /** Name in capitals. */
  readonly name: string;
  /** Parameters with their leading semicolon, as they stand; empty where there are none. */
  readonly parameters: string;
  readonly value: string;
}

const FOLD = /\r?\n[ \t]/g;
const LONGEST_LINE = 75;
const UTF8 = new TextEncoder();

/** The content lines of text that this product wrote: no quoted parameter holds a colon. RFC 5545 3.1. */
export function contentLines(text: string): ContentLine[] {
  return text
    .replace(FOLD, '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => {
      const [, name = '', parameters = '', value = ''] =
        /^([\w-]+)((?:;[^:]*)?):(.*)$/s.exec(line) ?? [];
      return { name: name.toUpperCase(), parameters, value };
    });
}

/** Content lines as text: at most 75 octets a line, no character split, each ended with CRLF. */
export function foldedText(lines: readonly ContentLine[]): string {
  return lines
    .map(({ name, parameters, value }) => folded(`${name}${parameters}:${value}`))
    .join('');
}

function folded(line: string): string {
  let text = '';
  let octets = 0;
  for (const character of line) {
    const size = UTF8.encode(character).length;
    if (octets + size > LONGEST_LINE) {
      text += '\r\n ';
      octets = 1;
    }
    text += character;
    octets += size;
  }
  return `${text}\r\n`;
}
