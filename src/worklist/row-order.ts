import { compareTexts } from '../domain/compare-texts.ts';
import { ESCALATION_ACTIONS } from '../domain/escalation-action.ts';
import { RISK_TIERS } from '../domain/risk-tier.ts';
import { BUCKET_NAMES } from '../plan/worklist-buckets.ts';
import type { WorklistRow } from '../plan/worklist-row.ts';

const BUCKET_RANK = new Map(BUCKET_NAMES.map((bucket, index) => [bucket, index]));
const ACTION_RANK = new Map(ESCALATION_ACTIONS.map((action, index) => [action, index]));
const TIER_RANK = new Map(RISK_TIERS.map((tier, index) => [tier, index]));

/**
 * The order of the worklist: by urgency (the bucket, of escalations then what they ask for), by tier
 * from the highest, by days late from the most, and where all are equal by clinic, episode and item,
 * so that the same items always give the same list.
 */
export function compareRows(a: WorklistRow, b: WorklistRow): number {
  return (
    rank(BUCKET_RANK, a.bucket) - rank(BUCKET_RANK, b.bucket) ||
    actionRank(a) - actionRank(b) ||
    rank(TIER_RANK, b.tier) - rank(TIER_RANK, a.tier) ||
    compareLateness(a.daysLate, b.daysLate) ||
    compareTexts(a.clinic, b.clinic) ||
    compareTexts(a.episode, b.episode) ||
    compareTexts(a.item, b.item)
  );
}

function rank<T>(ranks: ReadonlyMap<T, number>, value: T): number {
  return ranks.get(value) ?? ranks.size;
}

function actionRank({ action }: WorklistRow): number {
  return action === null ? 0 : rank(ACTION_RANK, action);
}

/** Items without a deadline come last. */
function compareLateness(a: number | null, b: number | null): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  return b - a;
}
