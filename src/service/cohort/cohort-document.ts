import type { CaseFile } from '../../domain/case-file.ts';
import { type Day, formatDay } from '../../domain/civil-date.ts';
import type { CaseEvent } from '../../domain/event.ts';
import type { CaseDocument } from '../../input/parse-case.ts';

/** The fields of an event that hold a day; of a union those of each member. */
type DayField<E> = E extends unknown
  ? { [Field in keyof E]-?: NonNullable<E[Field]> extends Day ? Field : never }[keyof E]
  : never;

/** A day field that is missing here does not compile. */
const DAY_FIELDS: Readonly<Record<DayField<CaseEvent>, true>> = {
  date: true,
  specimenDate: true,
  from: true,
  to: true,
  until: true,
};

/** A case as outside data, from which `parseCase` reads the same case again. schedule.md, "Input". */
export function caseDocument({ asOf, episode, events }: CaseFile): CaseDocument {
  const { ablation } = episode;
  return {
    ...(asOf === undefined ? {} : { asOf: formatDay(asOf) }),
    episode: { ...episode, ablation: { ...ablation, date: formatDay(ablation.date) } },
    events: events.map(eventDocument),
  } as CaseDocument;
}

/** An event as it stands in a case file. */
export function eventDocument(event: CaseEvent): object {
  const fields = Object.entries(event).map(([field, value]) => [
    field,
    Object.hasOwn(DAY_FIELDS, field) && value !== undefined ? formatDay(value) : value,
  ]);
  return Object.fromEntries(fields);
}
