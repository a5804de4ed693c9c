import type { Sink } from '../surroundings.ts';

const NARROWEST = 20;

/** Control and format characters would speak to the terminal, not to the reader. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}

/** Some lines, each printable. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/**
 * A paragraph wrapped at the terminal's width, with its end; unwrapped where there is no terminal.
 * The lines after the first stand `hang` columns further in.
 */
export function wrapped(text: string, sink: Sink, indent: number, hang = 0): string {
  const columns = Math.max(NARROWEST, sink.columns) - indent - hang;
  const width = sink.isTerminal ? columns : Number.POSITIVE_INFINITY;
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line]
    .map((part, place) => `${' '.repeat(place === 0 ? indent : indent + hang)}${part}\n`)
    .join('');
}
