import { INTERVAL_CATEGORIES } from '../domain/bi-rads.ts';
import { ESCALATION_ACTIONS } from '../domain/escalation-action.ts';
import type { Problem } from '../domain/problem.ts';
import { RISK_TIERS } from '../domain/risk-tier.ts';
import type { Protocol, ProtocolIntervals } from './protocol-schema.ts';

/** Faults of sense: what a file of the right form may still get wrong. schedule.md 3.10 and 3.11. */
export function checkProtocol(protocol: Protocol): Problem[] {
  return [
    ...stagedProblems(protocol),
    ...laneProblems(protocol),
    ...urgencyProblems(protocol),
    ...sourceProblems(protocol),
    ...suspensionProblems(protocol),
  ];
}

function stagedProblems(protocol: Protocol): Problem[] {
  const { baseline, intervals } = protocol;
  if (baseline === undefined && intervals === undefined) {
    return protocol.lanes.length > 0
      ? []
      : [
          {
            path: 'lanes',
            message: 'the protocol plans no visit at all',
            found: '[]',
            allowed: 'at least one lane, or baseline and intervals',
          },
        ];
  }
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
  const problems: Problem[] = [];
  if (protocol.horizonMonths === undefined) {
    problems.push({
      path: 'horizonMonths',
      message: 'staged visits need a horizon',
      found: 'nothing',
      allowed: 'whole months from the ablation',
    });
  }
  const { earliestMonths, targetMonths, latestMonths } = baseline;
  if (earliestMonths > targetMonths || targetMonths > latestMonths) {
    problems.push({
      path: 'baseline',
      message: 'the window is out of order',
      found: `${earliestMonths}, ${targetMonths}, ${latestMonths}`,
      allowed: 'earliestMonths ≤ targetMonths ≤ latestMonths',
    });
  }
  return [...problems, ...bandProblems(intervals), ...orderProblems(intervals)];
}

/** Every interval, after the caps, lies inside the band. schedule.md 3.11. */
function bandProblems(intervals: ProtocolIntervals): Problem[] {
  const [shortest, longest] = intervals.bandMonths;
  if (shortest > longest) {
    return [
      {
        path: 'intervals.bandMonths',
        message: 'the band is out of order',
        found: `${shortest}, ${longest}`,
        allowed: 'the shortest interval first',
      },
    ];
  }
  const problems: Problem[] = [];
  for (const category of INTERVAL_CATEGORIES) {
    for (const tier of RISK_TIERS) {
      const byCategory = intervals.monthsByCategory[category];
      const cap = intervals.capMonthsByTier[tier];
      const months = Math.min(byCategory, cap);
      if (months < shortest || months > longest) {
        problems.push({
          path:
            cap < byCategory
              ? `intervals.capMonthsByTier.${tier}`
              : `intervals.monthsByCategory.${category}`,
          message: `the interval of category ${category} in tier ${tier} lies outside the band`,
          found: `${months} months`,
          allowed: `${shortest} to ${longest} months`,
        });
      }
    }
  }
  return problems;
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

function laneProblems(protocol: Protocol): Problem[] {
  const problems: Problem[] = [];
  const ids = new Set<string>();
  protocol.lanes.forEach((lane, index) => {
    const at = `lanes[${index}]`;
    if (ids.has(lane.id) || lane.id === 'baseline' || lane.id === 'interval') {
      problems.push({
        path: `${at}.id`,
        message: 'the lane id is taken',
        found: lane.id,
        allowed: 'an id of its own, other than baseline and interval',
      });
    }
    ids.add(lane.id);
    lane.offsetsMonths.forEach((months, position) => {
      const before = lane.offsetsMonths[position - 1];
      if (before !== undefined && months <= before) {
        problems.push({
          path: `${at}.offsetsMonths[${position}]`,
          message: 'the offsets are out of order',
          found: String(months),
          allowed: `more than ${before}`,
        });
      }
    });
  });
  return problems;
}

function urgencyProblems(protocol: Protocol): Problem[] {
  const { urgency } = protocol.escalation;
  const missing = ESCALATION_ACTIONS.filter((action) => !urgency.includes(action));
  if (missing.length === 0 && urgency.length === ESCALATION_ACTIONS.length) return [];
  return [
    {
      path: 'escalation.urgency',
      message: 'every action must stand there once',
      found: urgency.join(', '),
      allowed: ESCALATION_ACTIONS.join(', '),
      ...(missing.length > 0 ? { mend: `add ${missing.join(', ')}` } : {}),
    },
  ];
}

function suspensionProblems(protocol: Protocol): Problem[] {
  return protocol.suspensionDays <= protocol.suspensionMaxDays
    ? []
    : [
        {
          path: 'suspensionDays',
          message: 'the usual suspension is longer than the longest',
          found: String(protocol.suspensionDays),
          allowed: `at most ${protocol.suspensionMaxDays}`,
        },
      ];
}

function sourceProblems(protocol: Protocol): Problem[] {
  const sources = protocol.sources ?? {};
  return Object.entries(protocol.rules ?? {}).flatMap(([rule, support]) =>
    support.sources.flatMap((source, index) =>
      Object.hasOwn(sources, source)
        ? []
        : [
            {
              path: `rules.${rule}.sources[${index}]`,
              message: 'this source is not among the sources',
              found: source,
              allowed: Object.keys(sources).join(', ') || 'a key of "sources"',
            },
          ],
    ),
  );
}
