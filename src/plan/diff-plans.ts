import { causeOf, causesBetween } from './diff-causes.ts';
import type { Plan, PlannedEscalation, PlannedVisit } from './plan.ts';
import {
  type Cause,
  type LineChange,
  type LineDiff,
  PLAN_DIFF_SCHEMA_VERSION,
  type PlanDiff,
  type PlanHeader,
} from './plan-diff.ts';

type Line = PlannedVisit | PlannedEscalation;

/** Plans are plain JSON data with a fixed field order. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * What a new plan changes against an old one of the same episode: which visits were added, moved,
 * cancelled or stay, each with its rule and cause.
 */
export function diffPlans(before: Plan, after: Plan): PlanDiff {
  const causes = causesBetween(before, after);
  return {
    schemaVersion: PLAN_DIFF_SCHEMA_VERSION,
    episode: after.episode.id,
    asOf: { from: before.asOf, to: after.asOf },
    causes,
    visits: diffLines(before.visits, after.visits, datesOfVisit, causes),
    escalations: diffLines(before.escalations, after.escalations, datesOfEscalation, causes),
    header: diffHeader(before, after),
  };
}

function datesOfVisit({ earliest, target, latest }: PlannedVisit): string {
  return `${earliest} ${target} ${latest}`;
}

function datesOfEscalation({ raisedOn, dueBy }: PlannedEscalation): string {
  return `${raisedOn} ${dueBy}`;
}

function diffLines<T extends Line>(
  before: readonly T[],
  after: readonly T[],
  datesOf: (line: T) => string,
  causes: readonly Cause[],
): LineDiff<T> {
  const old = new Map(before.map((line) => [line.key, line]));
  const kept = new Set(after.map(({ key }) => key));
  const added: LineChange<T>[] = [];
  const moved: LineChange<T>[] = [];
  const changed: LineChange<T>[] = [];
  const restated: LineChange<T>[] = [];
  const unchanged: string[] = [];
  for (const line of after) {
    const was = old.get(line.key);
    if (was !== undefined && same(was, line)) {
      unchanged.push(line.key);
      continue;
    }
    const change = {
      key: line.key,
      before: was ?? null,
      after: line,
      rule: line.because.rule,
      cause: causeOf(was, line, causes),
    };
    if (was === undefined) added.push(change);
    else if (datesOf(was) !== datesOf(line)) moved.push(change);
    else if (same({ ...was, because: line.because }, line)) restated.push(change);
    else changed.push(change);
  }
  const cancelled = before
    .filter(({ key }) => !kept.has(key))
    .map((line) => ({
      key: line.key,
      before: line,
      after: null,
      rule: line.because.rule,
      cause: causeOf(line, undefined, causes),
    }));
  const order = after.map(({ key }) => key);
  return { added, moved, changed, cancelled, restated, unchanged, order };
}

function headerOf({ visits: _visits, escalations: _escalations, ...header }: Plan): PlanHeader {
  return header;
}

function diffHeader(before: Plan, after: Plan): Partial<PlanHeader> {
  const old: Readonly<Record<string, unknown>> = { ...headerOf(before) };
  return Object.fromEntries(
    Object.entries(headerOf(after)).filter(([field, value]) => !same(old[field], value)),
  );
}

/** Applies a difference to the plan that it was made from; the result equals the new plan. */
export function applyDiff(before: Plan, diff: PlanDiff): Plan {
  return {
    ...before,
    ...diff.header,
    visits: applyLines(before.visits, diff.visits),
    escalations: applyLines(before.escalations, diff.escalations),
  };
}

function applyLines<T extends Line>(before: readonly T[], diff: LineDiff<T>): T[] {
  const lines = new Map(before.map((line) => [line.key, line]));
  for (const { key, after } of [...diff.added, ...diff.moved, ...diff.changed, ...diff.restated]) {
    if (after !== null) lines.set(key, after);
  }
  return diff.order.flatMap((key) => lines.get(key) ?? []);
}
