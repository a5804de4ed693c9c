import { counted } from '../domain/counted.ts';
import { BUCKET_NAMES, BUCKETS, type Bucket } from '../plan/worklist-buckets.ts';
import type { RowChange, WorklistDiff } from '../plan/worklist-diff.ts';
import type { Worklist, WorklistRow } from '../plan/worklist-row.ts';
import { styled, type TerminalOptions, type TerminalStyle, wrapped } from './terminal-text.ts';
import {
  arrangementsInWords,
  causeInWords,
  daysInWords,
  itemInWords,
  latenessInWords,
  personInWords,
  rowRuleInWords,
  stepInWords,
  taskInWords,
  withDays,
} from './worklist-words.ts';

const NARROWEST = 20;
/** Wider lines are hard to read, whatever the terminal. */
const WIDEST = 120;
const DETAIL = '    ';

const LATE: ReadonlySet<Bucket> = new Set(['escalation-overdue', 'overdue']);

/** Collects lines that fit the terminal; stored text cannot reach its controls. */
class Lines {
  readonly #lines: string[] = [];
  readonly #options: TerminalOptions;

  constructor({ width, colour }: TerminalOptions) {
    this.#options = { colour, width: Math.min(WIDEST, Math.max(NARROWEST, Math.floor(width))) };
  }

  add(text: string, first = '', style?: TerminalStyle): void {
    for (const line of wrapped(text, this.#options.width, first)) {
      this.#lines.push(style === undefined ? line : styled(line, style, this.#options));
    }
  }

  heading(title: string, style: TerminalStyle): void {
    this.#lines.push('');
    this.add(title, '', style);
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}

/** A worklist as text for a terminal or a mail: the counts, then each bucket that is not empty. */
export function worklistToText(worklist: Worklist, options: TerminalOptions): string {
  const lines = new Lines(options);
  const { asOf, rows, counts, leftOut, soonDays } = worklist;
  const part = leftOut === 0 ? '' : `, ${leftOut} left out by the filter`;
  lines.add(`Worklist as of ${asOf}: ${counted(rows.length, 'open item')}${part}`, '', 'strong');
  for (const bucket of BUCKET_NAMES) {
    lines.add(
      `${counts[bucket]} ${bucket}`,
      '  ',
      LATE.has(bucket) && counts[bucket] > 0 ? 'alarm' : undefined,
    );
  }
  for (const bucket of BUCKET_NAMES) {
    const listed = rows.filter((row) => row.bucket === bucket);
    if (listed.length === 0) continue;
    const { title, says } = BUCKETS[bucket];
    lines.heading(
      `${title.toUpperCase()} (${listed.length})`,
      LATE.has(bucket) ? 'alarm' : 'strong',
    );
    lines.add(withDays(says, soonDays), '', 'dim');
    for (const row of listed) addRow(lines, row);
  }
  return lines.toString();
}

function addRow(lines: Lines, row: WorklistRow): void {
  const late = LATE.has(row.bucket);
  const days = [daysInWords(row), latenessInWords(row)].filter((text) => text !== '');
  lines.add(
    [taskInWords(row), ...days].join('; ') + (row.needsReview ? '; needs review' : ''),
    late ? '! ' : '- ',
    late ? 'alarm' : 'strong',
  );
  const code = row.code === null ? '' : `, code ${row.code}`;
  lines.add(`${personInWords(row)}, tier ${row.tier}: ${itemInWords(row)}${code}`, DETAIL);
  lines.add(`${row.reason} [${rowRuleInWords(row)}]`, DETAIL, 'dim');
  for (const arrangement of arrangementsInWords(row)) lines.add(arrangement, DETAIL);
}

/** What changed between two worklists as text: what became overdue first, and what was resolved by what. */
export function worklistDiffToText(diff: WorklistDiff, options: TerminalOptions): string {
  const lines = new Lines(options);
  const { asOf, becameOverdue, appeared, moved, changed, resolved, unchanged } = diff;
  lines.add(`Changes from ${asOf.from} to ${asOf.to}`, '', 'strong');
  const sections: readonly (readonly [string, readonly RowChange[], TerminalStyle])[] = [
    ['Became overdue', becameOverdue, 'alarm'],
    ['New', appeared, 'strong'],
    ['Moved', moved, 'strong'],
    ['In another bucket', changed, 'strong'],
    ['Resolved', resolved, 'strong'],
  ];
  for (const [title, changes] of sections)
    lines.add(`${changes.length} ${title.toLowerCase()}`, '  ');
  lines.add(`${unchanged} unchanged`, '  ');
  for (const [title, changes, style] of sections) {
    if (changes.length === 0) continue;
    lines.heading(`${title.toUpperCase()} (${changes.length})`, style);
    for (const change of changes) addChange(lines, change);
  }
  return lines.toString();
}

function addChange(lines: Lines, change: RowChange): void {
  const row = change.after ?? change.before;
  if (row === null) return;
  lines.add(`${personInWords(row)}: ${itemInWords(row)}, ${taskInWords(row)}`, '- ');
  lines.add(`${stepInWords(change)} ${causeInWords(change.cause)}`, DETAIL);
}
