import { compareTexts } from '../domain/compare-texts.ts';
import type { CaseEvent, EventType } from '../domain/event.ts';

const RANK: Readonly<Record<EventType, number>> = {
  ablation: 0,
  imaging: 1,
  report: 1,
  pathology: 2,
  decision: 3,
  deferral: 3,
  decline: 3,
  booking: 3,
  contact: 3,
  constraint: 3,
  suspension: 4,
  resumption: 4,
  surgery: 5,
  closure: 5,
  reopening: 6,
  correction: 7,
};

/** The order of events: by date, then by type, then by id. schedule.md, "Input". */
export function compareEvents(a: CaseEvent, b: CaseEvent): number {
  return a.date - b.date || RANK[a.type] - RANK[b.type] || compareTexts(a.id, b.id);
}

/** The events in order: these themselves where they are in order already, as stored ones are, else a copy. */
export function inOrder(events: readonly CaseEvent[]): readonly CaseEvent[] {
  for (let place = 1; place < events.length; place += 1) {
    if (compareEvents(events[place - 1] as CaseEvent, events[place] as CaseEvent) > 0) {
      return events.toSorted(compareEvents);
    }
  }
  return events;
}
