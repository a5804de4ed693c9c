import type { NightlyReport } from '../../service/night/nightly-report.ts';

type Counts = NightlyReport['worklist']['counts'];

/** What `nightly --fail-on` can ask for; each says whether a list has it. */
const CONDITIONS = {
  'overdue-escalation': (counts: Counts) => counts['escalation-overdue'] > 0,
  escalation: (counts: Counts) => counts['escalation-overdue'] + counts.escalation > 0,
  overdue: (counts: Counts) => counts.overdue > 0,
} as const;

export type FailOn = keyof typeof CONDITIONS;

export const FAIL_ON = Object.keys(CONDITIONS) as readonly FailOn[];

/** Which of the conditions asked for a report meets. */
export function conditionsMet(asked: readonly FailOn[], { worklist }: NightlyReport): FailOn[] {
  return FAIL_ON.filter((name) => asked.includes(name) && CONDITIONS[name](worklist.counts));
}
