/** One line of the table: what was measured, against what, and what was aimed at. */
export interface Row {
  readonly work: string;
  readonly floor: string;
  /** Rate or time of both, in words. */
  readonly ours: string;
  readonly floors: string;
  /** Our rate by the floor's, or our time by the floor's. */
  readonly ratio: number;
  readonly target: Target | null;
}

/** What the ratio is held against. */
export interface Target {
  readonly at: 'least' | 'most';
  readonly ratio: number;
}

/** Whether a ratio meets its target; nothing where there is none. */
export function verdict({ ratio, target }: Row): 'met' | 'not met' | '' {
  if (target === null) return '';
  const met = target.at === 'least' ? ratio >= target.ratio : ratio <= target.ratio;
  return met ? 'met' : 'not met';
}

function targetText(target: Target | null): string {
  return target === null ? '' : `${target.at === 'least' ? '≥' : '≤'} ${target.ratio}`;
}

/** The rows as a Markdown table. */
export function tableText(rows: readonly Row[]): string {
  const cells = [
    ['work', 'ours', 'floor', 'its figure', 'ratio', 'target', ''],
    ...rows.map((row) => [
      row.work,
      row.ours,
      row.floor,
      row.floors,
      row.ratio.toFixed(2),
      targetText(row.target),
      verdict(row),
    ]),
  ];
  const widths = cells[0]?.map((_, column) =>
    Math.max(...cells.map((line) => line[column]?.length ?? 0)),
  );
  const lines = cells.map(
    (line) => `| ${line.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join(' | ')} |`,
  );
  lines.splice(1, 0, `|${widths?.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  return `${lines.join('\n')}\n`;
}

/** A rate for people: `84 000/s`. */
export function rateText(perSecond: number): string {
  const digits = Math.max(0, Math.floor(Math.log10(perSecond)) - 2);
  const rounded = Math.round(perSecond / 10 ** digits) * 10 ** digits;
  return `${String(rounded).replace(/\B(?=(\d{3})+$)/g, ' ')}/s`;
}
