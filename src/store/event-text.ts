import type { Day } from '../domain/civil-date.ts';
import type { Episode } from '../domain/episode.ts';
import type { CaseEvent, EventType } from '../domain/event.ts';
import { LATERALITIES } from '../domain/laterality.ts';
import { StoreFault } from './store-fault.ts';

/**
 * Events and facts as stored text: JSON with days as whole numbers, without what stands in columns
 * of its own. They are parsed on the way out; a text that is none of ours is damage.
 */

type Kind = 'text' | 'day';

/** Fields that every event of a type has, beside id and date. */
const FIELDS: Readonly<Record<EventType, Readonly<Record<string, Kind>>>> = {
  imaging: { modality: 'text' },
  report: { of: 'text', biRads: 'text' },
  pathology: { result: 'text' },
  ablation: {},
  constraint: { kind: 'text', from: 'day' },
  deferral: { visit: 'text', until: 'day', reason: 'text' },
  decline: { visit: 'text', reason: 'text' },
  contact: { method: 'text', outcome: 'text' },
  booking: { visit: 'text', appointment: 'text' },
  decision: { escalation: 'text', reason: 'text' },
  suspension: {},
  resumption: {},
  surgery: {},
  closure: { reason: 'text' },
  reopening: { reason: 'text' },
  correction: { of: 'text', reason: 'text' },
};

/** The columns of an event. */
export interface EventColumns {
  readonly id: string;
  readonly type: string;
  readonly date: number;
  /** The other fields, as JSON. */
  readonly body: string;
}

/** Takes an event apart for storing. */
export function eventColumns(event: CaseEvent): EventColumns {
  const { id, type, date, ...body } = event;
  return { id: id.toWellFormed(), type, date, body: JSON.stringify(body) };
}

/** Puts an event together again. @throws StoreFault `damaged` */
export function readEvent(columns: EventColumns): CaseEvent {
  const { id, type, date, body } = columns;
  if (!Object.hasOwn(FIELDS, type)) throw damaged(`an event has the unknown type "${type}"`);
  const fields = readObject(body, 'an event');
  for (const [name, kind] of Object.entries(FIELDS[type as EventType])) {
    const value = fields[name];
    const fits = kind === 'text' ? typeof value === 'string' : Number.isSafeInteger(value);
    if (!fits) throw damaged(`an event of type ${type} lacks its "${name}"`);
  }
  // The input checked the rest when the event was recorded.
  return { ...fields, id, type, date: date as Day } as CaseEvent;
}

/** The facts of an episode, its names among them. */
export function factsText(facts: Episode): string {
  return JSON.stringify(facts);
}

/** Puts the facts together again. @throws StoreFault `damaged` */
export function readFacts(text: string): Episode {
  const facts = readObject(text, 'the facts of an episode') as Partial<Episode>;
  if (!Number.isSafeInteger(facts.ablation?.date)) {
    throw damaged('the facts of an episode lack the date of the ablation');
  }
  if (facts.laterality !== undefined && !LATERALITIES.includes(facts.laterality)) {
    throw damaged('the facts of an episode have an unknown side');
  }
  const { id, patientRef } = facts;
  if (typeof id !== 'string' || !['string', 'undefined'].includes(typeof patientRef)) {
    throw damaged('the facts of an episode lack its names');
  }
  return facts as Episode;
}

function readObject(text: string, what: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new StoreFault('damaged', `${what} is not readable`, { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw damaged(`${what} is not readable`);
  }
  return value as Record<string, unknown>;
}

function damaged(message: string): StoreFault {
  return new StoreFault('damaged', message);
}
