import { ACTION_CATEGORIES, BI_RADS_CATEGORIES } from '../src/domain/bi-rads.ts';
import { ESCALATION_ACTIONS, type EscalationAction } from '../src/domain/escalation-action.ts';
import { PATHOLOGY_RESULTS } from '../src/domain/event.ts';
import { MODALITIES, type Modality } from '../src/domain/modality.ts';
import { RISK_TIERS } from '../src/domain/risk-tier.ts';
import type { Protocol } from '../src/protocol/protocol-schema.ts';

/** A set of modalities as bits, in the order of `MODALITIES`. */
export function modalityBits(modalities: readonly Modality[]): number {
  return modalities.reduce((bits, modality) => bits | (1 << MODALITIES.indexOf(modality)), 0);
}

export function actionNumber(action: EscalationAction): number {
  return ESCALATION_ACTIONS.indexOf(action);
}

/** What a category or a result asks for; both are -1 where it asks for nothing. */
export interface IntegerDue {
  readonly action: number;
  readonly days: number;
}

const NOTHING: IntegerDue = { action: -1, days: -1 };

/** A lane visit's months from the ablation, and the modalities that fill it. */
export interface IntegerLaneVisit {
  readonly lane: number;
  readonly earliest: number;
  readonly target: number;
  readonly latest: number;
  readonly acceptFrom: number;
  readonly modalities: number;
}

/** A staged protocol in integers. */
export type IntegerProtocol = ReturnType<typeof integerProtocol>;

/** Turns a staged protocol into integers, once. @throws Error for a protocol of lanes only. */
export function integerProtocol(protocol: Protocol) {
  const { baseline, intervals, horizonMonths, escalation } = protocol;
  if (baseline === undefined || intervals === undefined || horizonMonths === undefined) {
    throw new Error('the integer floor covers staged protocols only');
  }
  const due = (entry: { action: EscalationAction; withinDays: number } | undefined): IntegerDue =>
    entry === undefined ? NOTHING : { action: actionNumber(entry.action), days: entry.withinDays };
  return {
    assumedCategory: BI_RADS_CATEGORIES.indexOf(protocol.assumedCategory),
    baseline: {
      earliest: baseline.earliestMonths,
      target: baseline.targetMonths,
      latest: baseline.latestMonths,
      modalities: modalityBits(baseline.modalities),
    },
    /** Interval months by tier × 4 + category. */
    months: Int32Array.from(
      RISK_TIERS.flatMap((tier) => [
        0,
        ...(['1', '2', '3'] as const).map((category) =>
          Math.min(intervals.monthsByCategory[category], intervals.capMonthsByTier[tier]),
        ),
      ]),
    ),
    shortest: intervals.bandMonths[0],
    longest: intervals.bandMonths[1],
    fromAblation: intervals.firstFrom === 'ablation',
    gap: intervals.minimumGapMonths,
    before: intervals.windowMonths.before,
    after: intervals.windowMonths.after,
    acceptEarly: intervals.acceptEarlyMonths,
    limited: intervals.limitedMonths,
    reoffer: intervals.reofferMonths,
    intervalModalities: modalityBits(intervals.modalities),
    horizon: horizonMonths,
    deferralMax: protocol.deferralMaxMonths,
    laneVisits: protocol.lanes.flatMap((lane, index) =>
      lane.offsetsMonths.map(
        (months): IntegerLaneVisit => ({
          lane: index,
          earliest: months - lane.windowMonths.before,
          target: months,
          latest: months + lane.windowMonths.after,
          acceptFrom: months - lane.acceptEarlyMonths,
          modalities: modalityBits(lane.modalities),
        }),
      ),
    ),
    lanes: protocol.lanes.length,
    fallback: modalityBits(protocol.fallbackModalities),
    urgency: Int32Array.from(
      ESCALATION_ACTIONS.map((action) => escalation.urgency.indexOf(action)),
    ),
    reportDays: escalation.reportWithinDays,
    advancedDays: escalation.byFinding['advanced-imaging'],
    biopsyDays: escalation.byFinding.biopsy,
    byCategory: BI_RADS_CATEGORIES.map((category) => {
      const asks = ACTION_CATEGORIES.find((each) => each === category);
      return due(asks === undefined ? undefined : escalation.byCategory[asks]);
    }),
    byPathology: PATHOLOGY_RESULTS.map((result) =>
      due(result === 'benign-concordant' ? undefined : escalation.byPathology[result]),
    ),
    /** Tenths of a millimetre. */
    growthTenths: escalation.thresholds.growthMm * 10,
    growthPercent: escalation.thresholds.growthPercent,
    wallTenths: escalation.thresholds.wallAsymmetryMm * 10,
  };
}
