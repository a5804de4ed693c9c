import type { Episode } from '../../domain/episode.ts';
import { csvRecord } from '../../export/sanitize.ts';
import { SIMPLE_FIELDS } from '../../input/simple-case.ts';
import { caseDocument } from './cohort-document.ts';

/** Those that name the episode come first. */
const FIRST = ['id', 'patientRef', 'laterality', 'ablatedOn'];
const COLUMNS = [
  ...FIRST,
  ...Object.keys(SIMPLE_FIELDS).filter((field) => !FIRST.includes(field)),
] as readonly (keyof typeof SIMPLE_FIELDS)[];

/** The names of the columns, as the first record. */
export const FACTS_CSV_HEAD = csvRecord(COLUMNS);

/**
 * The facts of an episode that the short form has, as one CSV record (RFC 4180). Events and other
 * facts have no place in it.
 */
export function factsCsvRow(facts: Episode): string {
  const { episode } = caseDocument({ episode: facts, events: [] });
  return csvRecord(COLUMNS.map((column) => cellText(valueAt(episode, SIMPLE_FIELDS[column]))));
}

function valueAt(document: object, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Readonly<Record<string, unknown>> | undefined)?.[step],
    document,
  );
}

function cellText(value: unknown): string {
  return value === undefined ? '' : String(value);
}
