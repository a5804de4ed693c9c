import type { CaseFile } from '../../domain/case-file.ts';
import type { Day } from '../../domain/civil-date.ts';
import { type Outcome, success } from '../../domain/problem.ts';
import { computeSchedule } from '../../engine/compute-schedule.ts';
import { buildHistory } from '../../history/build-history.ts';
import type { Plan } from '../../plan/plan.ts';
import { presentPlan } from '../../plan/present-plan.ts';
import type { Protocol } from '../../protocol/protocol-schema.ts';
import { readDocument } from './read-document.ts';

/** How to plan. */
export interface PlanSettings {
  readonly protocol: Protocol;
  /** Overrides the case's own as-of date. */
  readonly asOf?: Day | undefined;
  /** The run's day, used where neither the settings nor the case give an as-of date. */
  readonly today: Day;
  /** False leaves the explanations empty. */
  readonly explain?: boolean | undefined;
}

/** Plans a checked case. Pure: the same case and settings give the same plan. */
export function planCase(caseFile: CaseFile, settings: PlanSettings): Plan {
  const { protocol } = settings;
  const asOf = settings.asOf ?? caseFile.asOf ?? settings.today;
  const history = buildHistory(caseFile, asOf);
  const schedule = computeSchedule(history, protocol);
  return presentPlan(
    { schedule, episode: history.episode, known: history.known, protocol },
    { explain: settings.explain ?? true },
  );
}

/** Plans outside data: a case file, or the short form; faults come back as problems. */
export function planDocument(document: unknown, settings: PlanSettings): Outcome<Plan> {
  const read = readDocument(document);
  return read.ok ? success(planCase(read.value, settings)) : read;
}
