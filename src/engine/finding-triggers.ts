import type { Findings } from '../domain/finding.ts';
import type { Exam } from '../history/case-history.ts';
import type { Trigger } from '../plan/schedule.ts';
import type { Protocol } from '../protocol/protocol-schema.ts';

type Thresholds = Protocol['escalation']['thresholds'];

/** A finding that asks for more, with what it was measured against. */
export type FindingTrigger = Pick<Trigger, 'id' | 'comparedWith' | 'measured'>;

/** Sizes have at most one decimal and are compared in whole tenths of a millimetre. */
function tenths(millimetres: number): number {
  return Math.round(millimetres * 10);
}

/** Thresholds may be finer than the sizes; they are compared in whole millionths. */
function millionths(threshold: number): number {
  return Math.round(threshold * 1_000_000);
}

/** Whether a difference in whole tenths is at least a threshold in millimetres. */
function reaches(difference: number, millimetres: number): boolean {
  return difference * 100_000 >= millionths(millimetres);
}

/** `now × 100 > before × (100 + growthPercent)`, in whole numbers. */
function grew(now: number, before: number, thresholds: Thresholds): boolean {
  const difference = now - before;
  return (
    reaches(difference, thresholds.growthMm) &&
    difference * 100_000_000 > before * millionths(thresholds.growthPercent)
  );
}

/** The smallest earlier size, and the exam that had it. */
function smallest(
  exams: readonly Exam[],
  sizeOf: (findings: Findings) => number | undefined,
): { readonly size: number; readonly exam: string } | undefined {
  let least: { size: number; exam: string } | undefined;
  for (const exam of exams) {
    const millimetres = exam.findings === undefined ? undefined : sizeOf(exam.findings);
    if (millimetres === undefined) continue;
    const size = tenths(millimetres);
    if (least === undefined || size < least.size) least = { size, exam: exam.id };
  }
  return least;
}

function growth(
  id: string,
  millimetres: number | undefined,
  before: ReturnType<typeof smallest>,
  thresholds: Thresholds,
): FindingTrigger | undefined {
  if (millimetres === undefined || before === undefined) return undefined;
  const now = tenths(millimetres);
  if (!grew(now, before.size, thresholds)) return undefined;
  return { id, comparedWith: before.exam, measured: { now, before: before.size } };
}

function newEnhancement(findings: Findings, earlier: readonly Exam[]): FindingTrigger | undefined {
  const id = 'new-enhancement';
  const { enhancement } = findings;
  if (enhancement === undefined) return undefined;
  if (enhancement.change === 'new') return { id };
  if (!enhancement.present || enhancement.pattern === 'thin-rim') return undefined;
  const last = earlier.findLast((exam) => exam.findings?.enhancement !== undefined);
  const before = last?.findings?.enhancement;
  if (last === undefined || before === undefined) return { id };
  return !before.present || before.pattern === 'thin-rim'
    ? { id, comparedWith: last.id }
    : undefined;
}

function enlargingEnhancement(
  findings: Findings,
  earlier: readonly Exam[],
  thresholds: Thresholds,
): FindingTrigger | undefined {
  const id = 'enlarging-enhancement';
  const { enhancement } = findings;
  if (enhancement === undefined) return undefined;
  const before = smallest(earlier, (past) =>
    past.enhancement?.present === true ? past.enhancement.longestMm : undefined,
  );
  const measured = enhancement.present
    ? growth(id, enhancement.longestMm, before, thresholds)
    : undefined;
  return measured ?? (enhancement.change === 'enlarging' ? { id } : undefined);
}

function wallThickening(findings: Findings, thresholds: Thresholds): FindingTrigger | undefined {
  const id = 'asymmetric-wall-thickening';
  const { wall } = findings;
  if (wall === undefined) return undefined;
  const { minMm, maxMm } = wall;
  if (minMm !== undefined && maxMm !== undefined) {
    const difference = tenths(maxMm) - tenths(minMm);
    if (reaches(difference, thresholds.wallAsymmetryMm)) {
      return { id, measured: { now: tenths(maxMm), before: tenths(minMm) } };
    }
  }
  return wall.asymmetric === true ? { id } : undefined;
}

function metabolicActivity(findings: Findings): FindingTrigger | undefined {
  const activity = findings.metabolicActivity;
  return activity?.present === true && activity.attributableToFatNecrosis !== true
    ? { id: 'unexplained-metabolic-activity' }
    : undefined;
}

/**
 * What the findings of a diagnostic exam ask about. `earlier` are the earlier diagnostic exams of
 * this breast in the same modality and course, in event order. schedule.md section 5, "By finding".
 */
export function findingTriggers(
  findings: Findings | undefined,
  earlier: readonly Exam[],
  thresholds: Thresholds,
): FindingTrigger[] {
  if (findings === undefined) return [];
  return [
    newEnhancement(findings, earlier),
    enlargingEnhancement(findings, earlier, thresholds),
    wallThickening(findings, thresholds),
    metabolicActivity(findings),
    growth(
      'zone-not-involuting',
      findings.zone?.longestMm,
      smallest(earlier, (past) => past.zone?.longestMm),
      thresholds,
    ),
  ].filter((trigger) => trigger !== undefined);
}
