import { diffPlans } from '../../plan/diff-plans.ts';
import type { Plan, PlannedVisit } from '../../plan/plan.ts';
import type { VisitStatus } from '../../plan/schedule.ts';
import { planDay } from '../../worklist/plan-day.ts';
import type { AdoptionDifference, FromTo, VisitMove } from './adoption.ts';

/** What a clinician must know of an episode before it follows another protocol. */
export function adoptionDifference(before: Plan, after: Plan): AdoptionDifference {
  const { escalations } = diffPlans(before, after);
  const pairs = pairVisits(before, after);
  return {
    moved: pairs.flatMap(([was, now]) => moveOf(was, now)),
    added: pairs.flatMap(([was, now]) => (was === undefined && now !== undefined ? now.key : [])),
    cancelled: pairs.flatMap(([was, now]) =>
      was !== undefined && now === undefined ? was.key : [],
    ),
    raised: escalations.added.map(({ key }) => key),
    dropped: escalations.cancelled.map(({ key }) => key),
    tier: fromTo(before.tier, after.tier),
    category: fromTo(before.category, after.category),
    overdue: [...overdueEscalations(before, after), ...pairs.flatMap(overdueAtOnce)],
  };
}

/** Whether the patient's plan stays as it is. */
export function changesNothing(difference: AdoptionDifference): boolean {
  return Object.values(difference).every(
    (part) => part === null || (Array.isArray(part) && part.length === 0),
  );
}

type Pair = readonly [was: PlannedVisit | undefined, now: PlannedVisit | undefined];

const TO_COME: readonly VisitStatus[] = ['not-yet-due', 'due', 'overdue', 'on-hold', 'forecast'];

/**
 * The visits that are still to come, before and after. Staged visits are paired in their order: another
 * protocol may count past exams otherwise, and then numbers the same visit otherwise. Lane visits have
 * names of their own.
 */
function pairVisits(before: Plan, after: Plan): Pair[] {
  const [was, now] = [openVisits(before), openVisits(after)];
  const longer = Math.max(was.staged.length, now.staged.length);
  const keys = new Set([...was.lanes, ...now.lanes].map(({ key }) => key));
  return [
    ...Array.from({ length: longer }, (_, place): Pair => [was.staged[place], now.staged[place]]),
    ...[...keys].map(
      (name): Pair => [
        was.lanes.find(({ key }) => key === name),
        now.lanes.find(({ key }) => key === name),
      ],
    ),
  ];
}

function openVisits({ visits }: Plan) {
  const open = visits.filter(({ status }) => TO_COME.includes(status));
  return {
    staged: open.filter(({ kind }) => kind !== 'lane'),
    lanes: open.filter(({ kind }) => kind === 'lane'),
  };
}

function moveOf(was: PlannedVisit | undefined, now: PlannedVisit | undefined): VisitMove[] {
  if (was === undefined || now === undefined) return [];
  const dates = ({ earliest, target, latest }: PlannedVisit) => `${earliest} ${target} ${latest}`;
  if (dates(was) === dates(now)) return [];
  const days = planDay(now.target) - planDay(was.target);
  return [{ key: now.key, from: was.target, to: now.target, days }];
}

function overdueAtOnce([was, now]: Pair): readonly string[] {
  return now?.status === 'overdue' && was?.status !== 'overdue' ? [now.key] : [];
}

function overdueEscalations(before: Plan, after: Plan): string[] {
  const known = new Set(
    before.escalations.filter(({ status }) => status === 'overdue').map(({ key }) => key),
  );
  return after.escalations
    .filter(({ key, status }) => status === 'overdue' && !known.has(key))
    .map(({ key }) => key);
}

function fromTo(from: string, to: string): FromTo | null {
  return from === to ? null : { from, to };
}
