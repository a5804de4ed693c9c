import type { Worklist, WorklistRow } from '../plan/worklist-row.ts';
import type { TerminalOptions } from './terminal-text.ts';
import { rowToCsv, WORKLIST_CSV_HEAD, worklistToCsv } from './worklist-csv.ts';
import { worklistToHtml } from './worklist-html.ts';
import { rowToJsonLine, worklistToJson } from './worklist-json.ts';
import { worklistToText } from './worklist-text.ts';

/** A way to write a worklist as text, UTF-8. */
export interface WorklistFormat {
  readonly name: string;
  /** Media type (RFC 6838) for a Content-Type. */
  readonly mediaType: string;
  /** File extension, without the dot. */
  readonly extension: string;
  readonly description: string;
  readonly write: (worklist: Worklist, terminal: TerminalOptions) => string;
  /** For a format that can be written row after row: the same bytes as `write`. */
  readonly stream?: { readonly head: string; readonly writeOne: (row: WorklistRow) => string };
}

/** A new format is one file and one entry here. */
const ENTRIES = {
  table: {
    name: 'table',
    mediaType: 'text/plain; charset=utf-8',
    extension: 'txt',
    description: 'text for a terminal: the counts, then the items by bucket',
    write: worklistToText,
  },
  json: {
    name: 'json',
    mediaType: 'application/json',
    extension: 'json',
    description: 'the whole worklist as JSON',
    write: worklistToJson,
  },
  ndjson: {
    name: 'ndjson',
    mediaType: 'application/x-ndjson',
    extension: 'ndjson',
    description: 'one item a line as JSON',
    write: ({ rows }) => rows.map(rowToJsonLine).join(''),
    stream: { head: '', writeOne: rowToJsonLine },
  },
  csv: {
    name: 'csv',
    mediaType: 'text/csv; charset=utf-8; header=present',
    extension: 'csv',
    description: 'one item a row',
    write: worklistToCsv,
    stream: { head: WORKLIST_CSV_HEAD, writeOne: rowToCsv },
  },
  html: {
    name: 'html',
    mediaType: 'text/html; charset=utf-8',
    extension: 'html',
    description: 'a printable page',
    write: (worklist) => worklistToHtml(worklist),
  },
} as const satisfies Record<string, WorklistFormat>;

export type WorklistFormatName = keyof typeof ENTRIES;

/** All formats of a worklist by name. */
export const WORKLIST_FORMATS: Readonly<Record<WorklistFormatName, WorklistFormat>> = ENTRIES;
export const WORKLIST_FORMAT_NAMES = Object.keys(ENTRIES) as readonly WorklistFormatName[];
