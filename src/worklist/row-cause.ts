import type { KnownEvent, Plan } from '../plan/plan.ts';
import { SETTLED_STATUSES } from '../plan/schedule.ts';
import type { RowCause } from '../plan/worklist-diff.ts';
import type { WorklistRow } from '../plan/worklist-row.ts';

/** An episode as it is now, for comparing it with an earlier list. */
export interface EpisodeNow {
  readonly plan: Plan;
  /** Ids of the events that the earlier list did not know, whatever day they are dated. */
  readonly recorded: readonly string[];
}

/**
 * Why an item is no longer open: of the events that were recorded since, the one that closed it, else
 * the last of them. Null: the episode is not there any more. schedule.md sections 5 and 8.
 */
export function causeOfResolution(row: WorklistRow, now: EpisodeNow | null): RowCause {
  if (now === null) return { kind: 'episode-gone' };
  const { plan, recorded } = now;
  const closing = [
    settledBy(plan, row),
    sourceChangedBy(plan, row),
    row.kind === 'escalation' ? null : plan.endedBy,
    nextCourseOf(plan, row),
  ];
  const named = closing.find((id) => id !== null && recorded.includes(id));
  return causedBy(plan, named ?? null) ?? causeFromRecord(row, now);
}

/** Why an item came, moved, or lies in another bucket. */
export function causeOfChange(
  before: WorklistRow | null,
  after: WorklistRow,
  now: EpisodeNow,
): RowCause {
  const { plan, recorded } = now;
  const named = namedBy(plan, after).find((id) => id !== null && recorded.includes(id));
  const own = causedBy(plan, named ?? null);
  if (own !== undefined) return own;
  if (before !== null && sameDates(before, after) && movedOnByDay(before, after)) {
    return { kind: 'as-of', from: before.asOf, to: after.asOf };
  }
  const cause = causeFromRecord(before ?? after, now);
  return before !== null && cause.kind === 'facts' && sameDates(before, after)
    ? { kind: 'as-of', from: before.asOf, to: after.asOf }
    : cause;
}

/** Whether two rows of one item have the same dates. */
export function sameDates(before: WorklistRow, after: WorklistRow): boolean {
  return (
    before.since === after.since &&
    before.deadline === after.deadline &&
    before.window?.target === after.window?.target
  );
}

/** Buckets that follow each other as days go by, with nothing else happening. */
const BY_THE_DAY: readonly string[] = ['later', 'opens-soon', 'due', 'overdue'];

function movedOnByDay(before: WorklistRow, after: WorklistRow): boolean {
  const escalations = ['escalation', 'escalation-overdue'];
  return [BY_THE_DAY, escalations].some(
    (order) =>
      order.includes(before.bucket) && order.indexOf(after.bucket) > order.indexOf(before.bucket),
  );
}

function causedBy(plan: Plan, id: string | null): RowCause | undefined {
  const event = id === null ? undefined : plan.events.find((known) => known.id === id);
  return event === undefined ? undefined : eventCause(event);
}

function eventCause({ id, type, date }: KnownEvent): RowCause {
  return { kind: 'event', event: id, type, date };
}

/** The event that filled or declined a visit or answered an escalation which the plan still lists. */
function settledBy(plan: Plan, row: WorklistRow): string | null {
  return (
    plan.escalations.find(({ key }) => key === row.item)?.answeredBy ??
    plan.visits.find(({ key, status }) => key === row.item && SETTLED_STATUSES.has(status))?.because
      .causedBy ??
    null
  );
}

/** A report that answered an exam's question for it, or a correction that took the exam back. */
function sourceChangedBy(plan: Plan, row: WorklistRow): string | null {
  if (row.kind !== 'escalation') return null;
  const source = row.item.slice('esc.'.length);
  return plan.events.findLast(({ of }) => of === source)?.id ?? null;
}

/** The repeat ablation that ended the course of a visit. */
function nextCourseOf(plan: Plan, row: WorklistRow): string | null {
  const course = Number(/^a(\d+)\./.exec(row.item)?.[1] ?? plan.course);
  if (course >= plan.course) return null;
  return plan.events.findLast(({ type }) => type === 'ablation')?.id ?? null;
}

/** Facts are recorded with the episode: of the events only these change which of them matter. */
const CHANGES_FACTS: ReadonlySet<string> = new Set(['ablation', 'correction', 'reopening']);

/** The last event recorded meanwhile, else the protocol, else the facts of the episode. */
function causeFromRecord(row: WorklistRow, { plan, recorded }: EpisodeNow): RowCause {
  const event = plan.events.findLast(
    ({ id, type }) => recorded.includes(id) && (row.kind !== 'facts' || CHANGES_FACTS.has(type)),
  );
  if (event !== undefined) return eventCause(event);
  const from = `${row.rule.protocol.id} ${row.rule.protocol.version}`;
  const to = `${plan.protocol.id} ${plan.protocol.version}`;
  return from === to ? { kind: 'facts' } : { kind: 'protocol', from, to };
}

/** The events that a row rests on, the most telling first. */
function namedBy(plan: Plan, row: WorklistRow): (string | null)[] {
  const visit = plan.visits.find(({ key }) => key === row.item);
  if (visit !== undefined) {
    const { booking, deferral, because } = visit;
    return [
      booking?.event ?? null,
      deferral?.event ?? null,
      because.causedBy,
      because.anchor.event,
    ];
  }
  const escalation = plan.escalations.find(({ key }) => key === row.item);
  return escalation === undefined
    ? []
    : [sourceChangedBy(plan, row), escalation.because.anchor.event];
}
