import type { Day } from '../../domain/civil-date.ts';
import type { CaseEvent } from '../../domain/event.ts';

/** The fields of an event that hold a day; of a union those of each member. */
type DayField<E> = E extends unknown
  ? { [Field in keyof E]-?: NonNullable<E[Field]> extends Day ? Field : never }[keyof E]
  : never;

/** Every field of an event that holds a day. One that is missing here does not compile. */
export const DAY_FIELDS: Readonly<Record<DayField<CaseEvent>, true>> = {
  date: true,
  specimenDate: true,
  from: true,
  to: true,
  until: true,
};
