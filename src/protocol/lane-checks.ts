import type { Problem } from '../domain/problem.ts';
import type { Protocol, ProtocolLane } from './protocol-schema.ts';

/** Faults of sense in the lanes. schedule.md section 7. */
export function laneProblems(protocol: Protocol): Problem[] {
  return [
    ...idProblems(protocol),
    ...protocol.lanes.flatMap((lane, index) => [
      ...orderProblems(lane, `lanes[${index}]`),
      ...openingProblems(lane, `lanes[${index}]`),
    ]),
  ];
}

/** Visit keys are unique: `a1.interval-12` must not be both a staged visit and a lane's. */
function idProblems(protocol: Protocol): Problem[] {
  const taken = new Set(protocol.intervals === undefined ? [] : ['interval']);
  return protocol.lanes.flatMap(({ id }, index) => {
    if (!taken.has(id)) {
      taken.add(id);
      return [];
    }
    return [
      {
        path: `lanes[${index}].id`,
        message: 'the lane id is taken',
        found: id,
        allowed: `an id other than ${[...taken].join(', ')}`,
      },
    ];
  });
}

function orderProblems(lane: ProtocolLane, at: string): Problem[] {
  return lane.offsetsMonths.flatMap((months, position) => {
    const before = lane.offsetsMonths[position - 1];
    if (before === undefined || months > before) return [];
    return [
      {
        path: `${at}.offsetsMonths[${position}]`,
        message: 'the offsets are out of order',
        found: String(months),
        allowed: `more than ${before}`,
      },
    ];
  });
}

function openingProblems(lane: ProtocolLane, at: string): Problem[] {
  const first = lane.offsetsMonths[0] ?? 0;
  if (lane.windowMonths.before <= first) return [];
  return [
    {
      path: `${at}.windowMonths.before`,
      message: 'the first window opens before the ablation',
      found: `${lane.windowMonths.before} months before month ${first}`,
      allowed: `at most ${first}`,
    },
  ];
}
