import { cleanLine } from './sanitize.ts';

/** How a terminal shows text. `width` in columns; `colour` false writes no escape sequence at all. */
export interface TerminalOptions {
  readonly width: number;
  readonly colour: boolean;
}

/** The styles in use, as SGR parameters (ECMA-48 8.3.117). Colour only ever repeats what words say. */
const STYLES = { strong: '1', dim: '2', alarm: '1;31', notice: '33' } as const;
export type TerminalStyle = keyof typeof STYLES;

/** Text in a style; without colour, as it is. The text must be clean already. */
export function styled(text: string, style: TerminalStyle, { colour }: TerminalOptions): string {
  return colour && text !== '' ? `\u001B[${STYLES[style]}m${text}\u001B[0m` : text;
}

/** How many columns a clean text takes: combining marks none, wide East Asian characters and emoji two. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue;
    columns +=
      /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return columns;
}

/**
 * A text as lines of at most `width` columns, broken between words, or inside a word that is longer
 * than a line. `first` leads the first line, as many spaces the others.
 */
export function wrapped(text: string, width: number, first = ''): string[] {
  const indent = ' '.repeat(columnsOf(first));
  const room = Math.max(1, width - indent.length);
  const lines: string[] = [];
  let line = '';
  for (const word of cleanLine(text)
    .split(' ')
    .flatMap((long) => pieces(long, room))) {
    if (line === '') line = word;
    else if (columnsOf(line) + 1 + columnsOf(word) <= room) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line !== '') lines.push(line);
  return lines.map((content, index) => (index === 0 ? first : indent) + content);
}

function pieces(word: string, room: number): string[] {
  if (columnsOf(word) <= room) return [word];
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (part !== '' && columnsOf(part + character) > room) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}

/** Clean text filled with spaces up to a number of columns. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}
