import { INTERVAL_CATEGORIES } from '../domain/bi-rads.ts';
import type { Problem } from '../domain/problem.ts';
import { RISK_TIERS } from '../domain/risk-tier.ts';
import { cappedIntervals } from './interval-months.ts';
import type { Protocol, ProtocolBaseline, ProtocolIntervals } from './protocol-schema.ts';

/** Faults of sense in the staged visits: baseline, intervals, horizon. schedule.md 3.10 and 3.11. */
export function stagedProblems(protocol: Protocol): Problem[] {
  const { baseline, intervals } = protocol;
  if (baseline === undefined && intervals === undefined) return laneOnlyProblems(protocol);
  if (baseline === undefined || intervals === undefined) {
    return [
      {
        path: baseline === undefined ? 'baseline' : 'intervals',
        message: 'baseline and intervals belong together',
        found: 'nothing',
        allowed: 'both, or neither for a schedule of lanes only',
      },
    ];
  }
  const disorder = [...baselineProblems(baseline), ...bandOrderProblems(intervals)];
  return [
    ...horizonProblems(protocol),
    ...disorder,
    ...orderProblems(intervals),
    ...(disorder.length > 0 ? [] : bandProblems(intervals)),
  ];
}

function laneOnlyProblems(protocol: Protocol): Problem[] {
  if (protocol.lanes.length > 0) return [];
  return [
    {
      path: 'lanes',
      message: 'the protocol plans no visit at all',
      found: '[]',
      allowed: 'at least one lane, or baseline and intervals',
    },
  ];
}

function horizonProblems(protocol: Protocol): Problem[] {
  if (protocol.horizonMonths !== undefined) return [];
  return [
    {
      path: 'horizonMonths',
      message: 'staged visits need a horizon',
      found: 'nothing',
      allowed: 'whole months from the ablation',
    },
  ];
}

function baselineProblems(baseline: ProtocolBaseline): Problem[] {
  const { earliestMonths, targetMonths, latestMonths } = baseline;
  if (earliestMonths <= targetMonths && targetMonths <= latestMonths) return [];
  return [
    {
      path: 'baseline',
      message: 'the window is out of order',
      found: `${earliestMonths}, ${targetMonths}, ${latestMonths}`,
      allowed: 'earliestMonths ≤ targetMonths ≤ latestMonths',
    },
  ];
}

function bandOrderProblems({ bandMonths: [shortest, longest] }: ProtocolIntervals): Problem[] {
  if (shortest <= longest) return [];
  return [
    {
      path: 'intervals.bandMonths',
      message: 'the band is out of order',
      found: `${shortest}, ${longest}`,
      allowed: 'the shortest interval first',
    },
  ];
}

/** Every interval, after the caps, lies inside the band. schedule.md 3.11. */
function bandProblems(intervals: ProtocolIntervals): Problem[] {
  const [shortest, longest] = intervals.bandMonths;
  return cappedIntervals(intervals)
    .filter(({ months }) => months < shortest || months > longest)
    .map(({ category, tier, months, capped }) => ({
      path: capped ? `intervals.capMonthsByTier.${tier}` : `intervals.monthsByCategory.${category}`,
      message: `the interval of category ${category} in tier ${tier} lies outside the band`,
      found: `${months} months`,
      allowed: `${shortest} to ${longest} months`,
    }));
}

/** A worse category or tier never gets a later visit. schedule.md, "Properties". */
function orderProblems(intervals: ProtocolIntervals): Problem[] {
  const problems: Problem[] = [];
  const check = (
    path: string,
    keys: readonly string[],
    months: Readonly<Record<string, number>>,
  ) => {
    keys.slice(1).forEach((worse, index) => {
      const better = keys[index] ?? worse;
      if ((months[worse] ?? 0) > (months[better] ?? 0)) {
        problems.push({
          path: `${path}.${worse}`,
          message: `${worse} is worse than ${better} and must not wait longer`,
          found: `${months[worse]} months`,
          allowed: `at most ${months[better]} months`,
        });
      }
    });
  };
  check('intervals.monthsByCategory', INTERVAL_CATEGORIES, intervals.monthsByCategory);
  check('intervals.capMonthsByTier', RISK_TIERS, intervals.capMonthsByTier);
  return problems;
}
