import { formatDay } from '../../domain/civil-date.ts';
import type { CaseEvent } from '../../domain/event.ts';

/** Numbers of this many digits keep their order as text. */
const DIGITS = 4;

/**
 * Gives an id to each event that has none: `e0001`, `e0002` …, in the order in which they were handed
 * in. Events of one day and type are ordered by their ids (schedule.md, "Input"), and the one that was
 * recorded last has to come last: where another one of that day has a higher id, `b1` say, the new id
 * is `b1-2`. Nothing that was handed in is changed.
 */
export function withEventIds(
  documents: readonly unknown[],
  recorded: readonly CaseEvent[],
): readonly unknown[] {
  const given = documents.flatMap((document) => (needsId(document) ? [] : labelOf(document)));
  const labels = [
    ...recorded.map(({ id, date, type }) => ({ id, day: formatDay(date), type })),
    ...given,
  ];
  let number = recorded.length;
  return documents.map((document) => {
    if (!needsId(document)) return document;
    const { date, type } = document;
    const sameDay = labels.filter((label) => label.day === date && label.type === type);
    const highest = sameDay.reduce((high, { id }) => (id > high ? id : high), '');
    const taken = new Set(labels.map((label) => label.id));
    do number += 1;
    while (taken.has(numbered(number)));
    const id = numbered(number) > highest ? numbered(number) : behind(highest, taken);
    labels.push({ id, day: String(date), type: String(type) });
    return { ...document, id };
  });
}

function numbered(number: number): string {
  return `e${String(number).padStart(DIGITS, '0')}`;
}

/** The first free id that comes behind another one as text. */
function behind(id: string, taken: ReadonlySet<string>): string {
  let count = 2;
  while (taken.has(`${id}-${count}`)) count += 1;
  return `${id}-${count}`;
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(document: unknown): document is Fields {
  return typeof document === 'object' && document !== null && !Array.isArray(document);
}

function needsId(document: unknown): document is Fields {
  return isObject(document) && document.id === undefined;
}

function labelOf(document: unknown): { id: string; day: string; type: string }[] {
  if (!isObject(document) || typeof document.id !== 'string') return [];
  return [{ id: document.id, day: String(document.date), type: String(document.type) }];
}
