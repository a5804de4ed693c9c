import type { CaseFile } from '../../domain/case-file.ts';
import { formatDay } from '../../domain/civil-date.ts';
import type { CaseEvent } from '../../domain/event.ts';
import type { CaseDocument } from '../../input/parse-case.ts';
import { DAY_FIELDS } from './day-fields.ts';

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
