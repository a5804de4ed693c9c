import { diffPlans } from '../../plan/diff-plans.ts';
import { examsCountedOnlyIn } from '../../plan/exams-counted-only-in.ts';
import type { JudgedExam, Plan, PlannedVisit } from '../../plan/plan.ts';
import { SETTLED_STATUSES } from '../../plan/schedule.ts';
import { planDay } from '../../worklist/plan-day.ts';
import type { AdoptionDifference, ExamRead, FromTo, VisitMove, VisitTurn } from './adoption.ts';

/** What a clinician must know of an episode before it follows another protocol. Visits are paired by their keys. */
export function adoptionDifference(before: Plan, after: Plan): AdoptionDifference {
  const { escalations } = diffPlans(before, after);
  const pairs = pairVisits(before, after);
  return {
    noLongerCount: examsCountedOnlyIn(before, after).map(examRead),
    countNow: examsCountedOnlyIn(after, before).map(examRead),
    reopened: pairs.flatMap(([was, now]) => (isSettled(was) ? turnOf(was, now) : [])),
    settled: pairs.flatMap(([was, now]) => (isSettled(now) ? turnOf(was, now) : [])),
    moved: pairs.flatMap(([was, now]) => moveOf(was, now)),
    added: pairs.flatMap(([was, now]) => (was === undefined && isToCome(now) ? now.key : [])),
    cancelled: pairs.flatMap(([was, now]) => (now === undefined && isToCome(was) ? was.key : [])),
    raised: escalations.added.map(({ key }) => key),
    dropped: escalations.cancelled.map(({ key }) => key),
    tier: fromTo(before.tier, after.tier),
    category: fromTo(before.category, after.category),
    overdue: [
      ...overdueAtOnce(before.escalations, after.escalations),
      ...overdueAtOnce(before.visits, after.visits),
    ],
  };
}

/** Whether the patient's plan stays as it is. */
export function changesNothing(difference: AdoptionDifference): boolean {
  return Object.values(difference).every(
    (part) => part === null || (Array.isArray(part) && part.length === 0),
  );
}

type Side = PlannedVisit | undefined;
type Pair = readonly [was: Side, now: Side];

/** In the order of the new plan; then those that it has no more. */
function pairVisits(before: Plan, after: Plan): Pair[] {
  const was = new Map(before.visits.map((visit) => [visit.key, visit]));
  const now = new Map(after.visits.map((visit) => [visit.key, visit]));
  const keys = new Set([...now.keys(), ...was.keys()]);
  return [...keys].map((key): Pair => [was.get(key), now.get(key)]);
}

function isSettled(visit: Side): visit is PlannedVisit {
  return visit !== undefined && SETTLED_STATUSES.has(visit.status);
}

function isToCome(visit: Side): visit is PlannedVisit {
  return visit !== undefined && !SETTLED_STATUSES.has(visit.status);
}

/** Only of a visit that one plan has settled and the other has to come. */
function turnOf(was: Side, now: Side): VisitTurn[] {
  if (was === undefined || now === undefined || isSettled(was) === isSettled(now)) return [];
  return [{ key: now.key, from: was.status, to: now.status, target: now.target }];
}

function moveOf(was: Side, now: Side): VisitMove[] {
  if (!isToCome(was) || !isToCome(now)) return [];
  const dates = ({ earliest, target, latest }: PlannedVisit) => `${earliest} ${target} ${latest}`;
  if (dates(was) === dates(now)) return [];
  const days = planDay(now.target) - planDay(was.target);
  return [{ key: now.key, from: was.target, to: now.target, days }];
}

function examRead({ id, date }: JudgedExam): ExamRead {
  return { exam: id, date };
}

interface Line {
  readonly key: string;
  readonly status: string;
}

function overdueAtOnce(before: readonly Line[], after: readonly Line[]): string[] {
  const overdue = (lines: readonly Line[]) =>
    lines.filter(({ status }) => status === 'overdue').map(({ key }) => key);
  const known = new Set(overdue(before));
  return overdue(after).filter((key) => !known.has(key));
}

function fromTo(from: string, to: string): FromTo | null {
  return from === to ? null : { from, to };
}
