import type { Sink } from './surroundings.ts';

/** Control and format characters would speak to the terminal, not to the reader. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}

/** Some lines, each printable. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** A paragraph wrapped at the terminal's width, with its end; unwrapped where there is no terminal. */
export function wrapped(text: string, sink: Sink, indent: number): string {
  const margin = ' '.repeat(indent);
  const width = sink.isTerminal ? Math.max(20, sink.columns) - indent : Number.POSITIVE_INFINITY;
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((part) => `${margin}${part}\n`).join('');
}
