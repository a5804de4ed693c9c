import { printable } from './wrapped-text.ts';

/** What one column says of a row. */
export type Column<T> = (row: T) => string | number;

/** Rows in aligned columns under their names; a number stands at the right. */
export function columnsText<T>(
  rows: readonly T[],
  columns: Readonly<Record<string, Column<T>>>,
): string {
  const told = Object.entries(columns).map(([name, tell]) => {
    const cells = rows.map(tell);
    const texts = [name, ...cells.map((cell) => printable(String(cell)))];
    const width = Math.max(...texts.map((text) => text.length));
    const isNumber = cells.length > 0 && cells.every((cell) => typeof cell === 'number');
    return texts.map((text) => (isNumber ? text.padStart(width) : text.padEnd(width)));
  });
  return ['', ...rows]
    .map(
      (_, line) =>
        `${told
          .map((column) => column[line])
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
