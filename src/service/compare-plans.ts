import type { Problem } from '../domain/problem.ts';
import { diffPlans } from '../plan/diff-plans.ts';
import type { PlanDiff } from '../plan/plan-diff.ts';
import { type PlanSettings, planDocument } from './plan-case.ts';

/** One side of a comparison: a case and how to plan it. */
export interface Side {
  readonly document: unknown;
  readonly settings: PlanSettings;
}

export type Comparison =
  | { readonly ok: true; readonly diff: PlanDiff }
  | { readonly ok: false; readonly side: 'old' | 'new'; readonly problems: readonly Problem[] };

/** Plans two cases, or one case twice, and tells the difference of the plans. */
export function comparePlans(before: Side, after: Side): Comparison {
  const old = planDocument(before.document, before.settings);
  if (!old.ok) return { ok: false, side: 'old', problems: old.problems };
  const now = planDocument(after.document, after.settings);
  if (!now.ok) return { ok: false, side: 'new', problems: now.problems };
  return { ok: true, diff: diffPlans(old.value, now.value) };
}
