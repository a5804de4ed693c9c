import type { Problem } from '../domain/problem.ts';
import { earliestOfShortest, shortestInterval } from './interval-months.ts';
import type {
  Protocol,
  ProtocolBaseline,
  ProtocolIntervals,
  ProtocolLane,
} from './protocol-schema.ts';

/** Visits and modalities that are possible but rarely meant. */
export function visitAdvice(protocol: Protocol): Problem[] {
  const { baseline, intervals, horizonMonths, lanes } = protocol;
  const staged = baseline !== undefined && intervals !== undefined;
  return [
    ...(staged ? sequenceAdvice(baseline, intervals) : []),
    ...(staged ? firstIntervalAdvice(baseline, intervals) : []),
    ...(staged ? [...intervalAdvice(intervals), ...acceptEarlyAdvice(intervals)] : []),
    ...horizonAdvice(horizonMonths, intervals),
    ...lanes.flatMap((lane, index) => laneAdvice(lane, `lanes[${index}]`)),
    ...modalityAdvice(protocol),
  ];
}

/** Counted from the same ablation, no interval visit is planned before the baseline. */
function sequenceAdvice(baseline: ProtocolBaseline, intervals: ProtocolIntervals): Problem[] {
  const shortest = shortestInterval(intervals);
  if (intervals.firstFrom === 'previous-exam' || shortest >= baseline.targetMonths) return [];
  return [
    {
      path: 'baseline.targetMonths',
      message: 'the baseline is planned after the first interval visit',
      found: `${baseline.targetMonths} months`,
      allowed: `at most ${shortest} months, the shortest interval from the ablation`,
    },
  ];
}

function firstIntervalAdvice(baseline: ProtocolBaseline, intervals: ProtocolIntervals): Problem[] {
  if (intervals.firstFrom === 'previous-exam') return [];
  const accepts = earliestOfShortest(intervals) - intervals.acceptEarlyMonths;
  if (accepts > baseline.latestMonths) return [];
  return [
    {
      path: 'intervals.acceptEarlyMonths',
      message:
        'a repeated baseline exam inside the baseline window may fill the first interval visit',
      found: `accepted from month ${accepts}`,
      allowed: `after month ${baseline.latestMonths}, the end of the baseline window`,
    },
  ];
}

function intervalAdvice(intervals: ProtocolIntervals): Problem[] {
  const { acceptEarlyMonths, limitedMonths, minimumGapMonths, firstFrom } = intervals;
  const problems: Problem[] = [];
  if (limitedMonths <= acceptEarlyMonths) {
    problems.push({
      path: 'intervals.limitedMonths',
      message: 'after a limited exam a second one on the same day would fill the next visit',
      found: String(limitedMonths),
      allowed: `more than ${acceptEarlyMonths}, the acceptEarlyMonths`,
    });
  }
  if (firstFrom === 'ablation' && minimumGapMonths <= acceptEarlyMonths) {
    problems.push({
      path: 'intervals.minimumGapMonths',
      message: 'after a late baseline a second exam on the same day would fill the next visit',
      found: String(minimumGapMonths),
      allowed: `more than ${acceptEarlyMonths}, the acceptEarlyMonths`,
    });
  }
  return problems;
}

/** The exam that an interval is counted from must not also be accepted for the next visit. */
function acceptEarlyAdvice(intervals: ProtocolIntervals): Problem[] {
  const opens = earliestOfShortest(intervals);
  if (opens > intervals.acceptEarlyMonths) return [];
  return [
    {
      path: 'intervals.acceptEarlyMonths',
      message: 'a second exam on the day of the previous one would fill the next visit',
      found: `${intervals.acceptEarlyMonths} months before a window that opens after ${opens}`,
      allowed: `at most ${opens - 1}`,
    },
  ];
}

function horizonAdvice(
  horizonMonths: number | undefined,
  intervals: ProtocolIntervals | undefined,
): Problem[] {
  if (horizonMonths === undefined) return [];
  if (intervals === undefined) {
    return [
      {
        path: 'horizonMonths',
        message: 'the horizon has no effect without staged visits',
        found: String(horizonMonths),
      },
    ];
  }
  const shortest = shortestInterval(intervals);
  if (horizonMonths >= shortest) return [];
  return [
    {
      path: 'horizonMonths',
      message: 'the horizon lies before the first interval visit',
      found: String(horizonMonths),
      allowed: `at least ${shortest}`,
    },
  ];
}

function laneAdvice(lane: ProtocolLane, at: string): Problem[] {
  const { before, after } = lane.windowMonths;
  const problems: Problem[] = [];
  if (lane.id === 'baseline' || lane.id === 'interval') {
    problems.push({
      path: `${at}.id`,
      message: 'a lane of this name is easily taken for a staged visit',
      found: lane.id,
      allowed: 'the name of what is done: mammography, mri, routine',
    });
  }
  if (lane.offsetsMonths[0] === before) {
    problems.push({
      path: `${at}.windowMonths.before`,
      message: 'the first window opens on the day of the ablation',
      found: `${before} months before month ${lane.offsetsMonths[0]}`,
      allowed: `less than ${before}`,
    });
  }
  lane.offsetsMonths.forEach((months, position) => {
    const next = lane.offsetsMonths[position + 1];
    if (next === undefined || next - lane.acceptEarlyMonths > months + after) return;
    problems.push({
      path: `${at}.acceptEarlyMonths`,
      message: `an exam late in the window of month ${months} would fill the visit of month ${next}`,
      found: `accepted from month ${next - lane.acceptEarlyMonths}`,
      allowed: `after month ${months + after}`,
    });
  });
  return problems;
}

function modalityAdvice(protocol: Protocol): Problem[] {
  const lists: [string, readonly string[]][] = [
    ['baseline.modalities', protocol.baseline?.modalities ?? []],
    ['intervals.modalities', protocol.intervals?.modalities ?? []],
    ...protocol.lanes.map((lane, index): [string, readonly string[]] => [
      `lanes[${index}].modalities`,
      lane.modalities,
    ]),
    ['fallbackModalities', protocol.fallbackModalities],
    ...Object.entries(protocol.contraindications).map(
      ([kind, excluded]): [string, readonly string[]] => [`contraindications.${kind}`, excluded],
    ),
  ];
  const repeated = lists
    .filter(([, modalities]) => new Set(modalities).size < modalities.length)
    .map(([path, modalities]) => ({
      path,
      message: 'a modality stands there twice',
      found: modalities.join(', '),
    }));
  const empty = Object.entries(protocol.contraindications)
    .filter(([, excluded]) => excluded.length === 0)
    .map(([kind]) => ({
      path: `contraindications.${kind}`,
      message: 'the contraindication excludes no modality',
      found: '[]',
    }));
  return [...repeated, ...empty];
}
