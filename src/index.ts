/**
 * cryowatch as a library: surveillance plans after breast cryoablation, with their reasons.
 *
 * ```ts
 * import { planSurveillance } from 'cryowatch';
 * const planned = planSurveillance({ ablatedOn: '2026-01-15', biRads: '2' }, { asOf: '2026-01-20' });
 * if (planned.ok) console.log(planned.value.visits[0]?.target); // 2026-04-15
 * else console.error(planned.problems);
 * ```
 */
import { createPlanner, type Planner } from './service/case/plan-surveillance.ts';

/**
 * Turns a case file, or an ablation date with a category, into a plan: visits with their windows,
 * escalations with their deadlines, exams with their verdicts, each with its reason.
 * The library's composition root: the run's day is that of the system's clock and zone.
 */
export const planSurveillance: Planner = createPlanner({ clock: Date.now, zone: 'system' });

export type { BiRads } from './domain/bi-rads.ts';
export type { CaseFile } from './domain/case-file.ts';
export type { DateText, Day } from './domain/civil-date.ts';
export type { Clock } from './domain/clock.ts';
export type { EscalationAction } from './domain/escalation-action.ts';
export type { Modality } from './domain/modality.ts';
export type { Outcome, Problem } from './domain/problem.ts';
export type { RiskTier } from './domain/risk-tier.ts';
export { RULES, type RuleId } from './domain/rule.ts';
export { type CalendarOptions, toIcs } from './export/ics.ts';
export {
  type ExportOptions,
  FORMATS,
  type Format,
  type FormatName,
} from './export/registry.ts';
export { type CaseDocument, parseCase } from './input/parse-case.ts';
export type { SimpleCase } from './input/simple-case.ts';
export { applyDiff, diffPlans } from './plan/diff-plans.ts';
export { type Explanation, explain } from './plan/explain.ts';
export type {
  Because,
  Citation,
  JudgedExam,
  Plan,
  PlannedEscalation,
  PlannedVisit,
} from './plan/plan.ts';
export type { Cause, LineChange, LineDiff, PlanDiff } from './plan/plan-diff.ts';
export type { EscalationStatus, Note, Phase, Verdict, VisitStatus } from './plan/schedule.ts';
export { protocols } from './protocol/catalog.ts';
export { loadProtocol } from './protocol/load-protocol.ts';
export type { Protocol } from './protocol/protocol-schema.ts';
export { type PlanSettings, planCase } from './service/case/plan-case.ts';
export { createPlanner, type Planner, type PlanOptions } from './service/case/plan-surveillance.ts';
