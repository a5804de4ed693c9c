import type { Because, KnownEvent, Plan } from './plan.ts';
import type { Cause } from './plan-diff.ts';

function eventCause(kind: 'event' | 'event-removed', { id, type, date }: KnownEvent): Cause {
  return { kind, event: id, type, date };
}

/** What happened between two plans: events that came or went, another protocol, another day. */
export function causesBetween(before: Plan, after: Plan): Cause[] {
  const old = new Set(before.events.map(({ id }) => id));
  const now = new Set(after.events.map(({ id }) => id));
  const causes: Cause[] = [
    ...before.events
      .filter(({ id }) => !now.has(id))
      .map((event) => eventCause('event-removed', event)),
    ...after.events.filter(({ id }) => !old.has(id)).map((event) => eventCause('event', event)),
  ];
  const from = `${before.protocol.id} ${before.protocol.version}`;
  const to = `${after.protocol.id} ${after.protocol.version}`;
  if (from !== to) causes.push({ kind: 'protocol', from, to });
  if (factsDiffer(before, after, causes.length > 0)) causes.push({ kind: 'facts' });
  if (before.asOf !== after.asOf) {
    causes.push({ kind: 'as-of', from: before.asOf, to: after.asOf });
  }
  return causes.length === 0 ? [{ kind: 'facts' }] : causes;
}

function differ(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}

function whatWasDone({ category, categoryAssumed, exams }: Plan): unknown {
  return { category, categoryAssumed, exams };
}

function datesOfVisits({ visits }: Plan): unknown {
  return visits.map(({ key, earliest, target, latest }) => ({ key, earliest, target, latest }));
}

/**
 * Whether the facts of the episode, or those of an event that both plans know, were edited. The day
 * never moves a date: what differs without any other cause differs by the facts. schedule.md, "Dates".
 */
function factsDiffer(before: Plan, after: Plan, otherCause: boolean): boolean {
  const old = new Map(before.events.map((event) => [event.id, event]));
  return (
    differ(before.episode, after.episode) ||
    after.events.some((event) => old.has(event.id) && differ(old.get(event.id), event)) ||
    (before.course === after.course && differ(before.tierFactors, after.tierFactors)) ||
    (!otherCause &&
      (differ(whatWasDone(before), whatWasDone(after)) ||
        differ(datesOfVisits(before), datesOfVisits(after))))
  );
}

interface Line {
  readonly because: Because;
  readonly status: string;
}

/** Statuses that pass from one to the next as days go by, with nothing else happening. */
const BY_THE_DAY: readonly string[] = ['not-yet-due', 'due', 'open', 'overdue'];

/** Whether a line differs in nothing but what the day makes of it. */
function changedByTheDay(before: Line | undefined, after: Line | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  if (!BY_THE_DAY.includes(before.status) || !BY_THE_DAY.includes(after.status)) return false;
  return JSON.stringify({ ...before, status: '' }) === JSON.stringify({ ...after, status: '' });
}

function eventsOf(line: Line | undefined): readonly (string | null)[] {
  return line === undefined ? [] : [line.because.causedBy, line.because.anchor.event];
}

/**
 * The cause of one changed line: the day, if only the status moved on with it; else the event that
 * the line itself names, if it is one that came or went; else the last event that came or went,
 * else the protocol, else the day.
 */
export function causeOf(
  before: Line | undefined,
  after: Line | undefined,
  causes: readonly Cause[],
): Cause {
  const day = causes.find(({ kind }) => kind === 'as-of');
  if (day !== undefined && changedByTheDay(before, after)) return day;
  const named = [...eventsOf(after), ...eventsOf(before)];
  const isEvent = (cause: Cause) => cause.kind === 'event' || cause.kind === 'event-removed';
  const own = causes.find((cause) => isEvent(cause) && named.includes(eventIdOf(cause)));
  return own ?? causes.findLast(isEvent) ?? causes[0] ?? { kind: 'facts' };
}

function eventIdOf(cause: Cause): string | null {
  return cause.kind === 'event' || cause.kind === 'event-removed' ? cause.event : null;
}
