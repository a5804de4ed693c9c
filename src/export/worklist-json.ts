import type { Worklist, WorklistRow } from '../plan/worklist-row.ts';
import { safeJson } from './sanitize.ts';

/** The worklist as an indented JSON document. No value is changed. */
export function worklistToJson(worklist: Worklist): string {
  return `${safeJson(worklist, 2)}\n`;
}

/** One row as one line of newline-delimited JSON. */
export function rowToJsonLine(row: WorklistRow): string {
  return `${safeJson(row)}\n`;
}
