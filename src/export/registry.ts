import type { Plan } from '../plan/plan.ts';
import { CSV_HEAD, toCsv, toCsvRows } from './csv.ts';
import { toHtml } from './html.ts';
import { type CalendarOptions, toIcs } from './ics.ts';
import { toJson, toJsonLine } from './json.ts';
import { toTable } from './table.ts';
import type { TerminalOptions } from './terminal-text.ts';

/** What the formats need between them; each takes its own part. */
export interface ExportOptions {
  readonly calendar: CalendarOptions;
  readonly terminal: TerminalOptions;
}

/** A way to write plans as text, UTF-8. */
export interface Format {
  readonly name: string;
  /** Media type (RFC 6838) for a Content-Type. */
  readonly mediaType: string;
  /** File extension, without the dot. */
  readonly extension: string;
  readonly description: string;
  /** False: the format holds exactly one plan. */
  readonly many: boolean;
  readonly write: (plans: readonly Plan[], options: ExportOptions) => string;
  /**
   * For a format that can be written plan after plan: `head` once, then each plan on its own.
   * The same bytes as `write`.
   */
  readonly stream?: {
    readonly head: string;
    readonly writeOne: (plan: Plan, options: ExportOptions) => string;
  };
}

/** A new format is one file and one entry here. */
const ENTRIES = {
  ics: {
    name: 'ics',
    mediaType: 'text/calendar; charset=utf-8',
    extension: 'ics',
    description: 'calendar of the visits ahead (RFC 5545)',
    many: true,
    write: (plans, { calendar }) => toIcs(plans, calendar),
  },
  json: {
    name: 'json',
    mediaType: 'application/json',
    extension: 'json',
    description: 'the whole plan as JSON; several plans as an array',
    many: true,
    write: toJson,
  },
  ndjson: {
    name: 'ndjson',
    mediaType: 'application/x-ndjson',
    extension: 'ndjson',
    description: 'one plan a line as JSON',
    many: true,
    write: (plans) => plans.map(toJsonLine).join(''),
    stream: { head: '', writeOne: toJsonLine },
  },
  csv: {
    name: 'csv',
    mediaType: 'text/csv; charset=utf-8; header=present',
    extension: 'csv',
    description: 'one row a plan, escalation, visit, exam, assumption and warning',
    many: true,
    write: toCsv,
    stream: { head: CSV_HEAD, writeOne: toCsvRows },
  },
  table: {
    name: 'table',
    mediaType: 'text/plain; charset=utf-8',
    extension: 'txt',
    description: 'text for a terminal, with the reasons from 80 columns on',
    many: true,
    write: (plans, { terminal }) => toTable(plans, terminal),
  },
  html: {
    name: 'html',
    mediaType: 'text/html; charset=utf-8',
    extension: 'html',
    description: 'a printable page of one episode',
    many: false,
    write: ([plan, ...others]) => {
      if (plan === undefined || others.length > 0) {
        throw new RangeError('a page shows exactly one plan');
      }
      return toHtml(plan);
    },
  },
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof ENTRIES;

/** All formats by name. */
export const FORMATS: Readonly<Record<FormatName, Format>> = ENTRIES;
export const FORMAT_NAMES = Object.keys(ENTRIES) as readonly FormatName[];
