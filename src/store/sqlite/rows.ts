import type { Day } from '../../domain/civil-date.ts';
import { StoreFault } from '../store-fault.ts';
import type { Row } from './connection.ts';

/** Parses the columns of a row; a value of another kind is damage. @throws StoreFault `damaged` */

export function whole(row: Row, column: string): number {
  const value = row[column];
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : fail(column);
}

export function wholeOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : whole(row, column);
}

export function day(row: Row, column: string): Day {
  return whole(row, column) as Day;
}

export function text(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : fail(column);
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

/** A column of a closed list of words. */
export function word<W extends string>(row: Row, column: string, words: readonly W[]): W {
  const value = text(row, column);
  return words.find((known) => known === value) ?? fail(column);
}

export function flag(row: Row, column: string): boolean {
  const value = row[column];
  return value === 1 ? true : value === 0 ? false : fail(column);
}

/** A column of JSON, of the kind that a guard tells. */
export function json<T>(row: Row, column: string, is: (value: unknown) => value is T): T {
  let value: unknown;
  try {
    value = JSON.parse(text(row, column));
  } catch {
    return fail(column);
  }
  return is(value) ? value : fail(column);
}

/** `{[key]: value}`, or nothing for null: optional fields are left out, not set to undefined. */
export function given<K extends string>(
  key: K,
  value: string | null,
): { readonly [P in K]?: string } {
  return (value === null ? {} : { [key]: value }) as { readonly [P in K]?: string };
}

function fail(column: string): never {
  throw new StoreFault('damaged', `the store is damaged: a row has an unreadable "${column}"`);
}
