import { type Problem, showFound } from '../../domain/problem.ts';
import { diffPlans } from '../../plan/diff-plans.ts';
import type { Plan } from '../../plan/plan.ts';
import type { PlanDiff } from '../../plan/plan-diff.ts';
import { type PlanSettings, planDocument } from './plan-case.ts';

/** One side of a comparison: a case and how to plan it. */
export interface Side {
  readonly document: unknown;
  readonly settings: PlanSettings;
}

export type Comparison =
  | { readonly ok: true; readonly before: Plan; readonly diff: PlanDiff }
  | { readonly ok: false; readonly side: 'old' | 'new'; readonly problems: readonly Problem[] };

/** Plans two cases of one episode, or one case twice, and tells the difference of the plans. */
export function comparePlans(before: Side, after: Side): Comparison {
  const old = planDocument(before.document, before.settings);
  if (!old.ok) return { ok: false, side: 'old', problems: old.problems };
  const now = planDocument(after.document, after.settings);
  if (!now.ok) return { ok: false, side: 'new', problems: now.problems };
  const problems = otherEpisode(old.value.episode.id, now.value.episode.id);
  if (problems.length > 0) return { ok: false, side: 'new', problems };
  return { ok: true, before: old.value, diff: diffPlans(old.value, now.value) };
}

function otherEpisode(before: string, after: string): Problem[] {
  if (before === after) return [];
  return [
    {
      path: 'episode.id',
      message: 'the plans are of different episodes',
      found: showFound(after),
      allowed: showFound(before),
    },
  ];
}
