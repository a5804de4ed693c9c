import { INTERVAL_CATEGORIES, type IntervalCategory } from '../domain/bi-rads.ts';
import { RISK_TIERS, type RiskTier } from '../domain/risk-tier.ts';
import type { ProtocolIntervals } from './protocol-schema.ts';

/** The interval of one category in one tier, after the cap. schedule.md section 2. */
interface CappedInterval {
  readonly category: IntervalCategory;
  readonly tier: RiskTier;
  readonly months: number;
  /** The cap, not the category, gave the months. */
  readonly capped: boolean;
}

/** Every interval that a protocol can give. */
export function cappedIntervals(intervals: ProtocolIntervals): CappedInterval[] {
  return INTERVAL_CATEGORIES.flatMap((category) =>
    RISK_TIERS.map((tier) => {
      const byCategory = intervals.monthsByCategory[category];
      const cap = intervals.capMonthsByTier[tier];
      return { category, tier, months: Math.min(byCategory, cap), capped: cap < byCategory };
    }),
  );
}

/** The shortest of them, in months. */
export function shortestInterval(intervals: ProtocolIntervals): number {
  return Math.min(...cappedIntervals(intervals).map(({ months }) => months));
}

/** Months from its anchor at which the shortest interval visit's window opens, after the band clipped it. */
export function earliestOfShortest(intervals: ProtocolIntervals): number {
  const opens = shortestInterval(intervals) - intervals.windowMonths.before;
  return Math.max(opens, intervals.bandMonths[0]);
}
