import { laneKey } from '../domain/keys.ts';
import type { OffsetWindow } from '../domain/window.ts';
import type { Protocol, ProtocolLane } from '../protocol/protocol-schema.ts';

/** What a protocol alone says of one lane visit, the same in every course. schedule.md section 7. */
export interface LaneRule {
  readonly lane: ProtocolLane;
  readonly offsets: OffsetWindow;
  /** Months from the ablation from which an exam may fill it. */
  readonly acceptFromMonths: number;
  /** Its key in the first course, which most episodes never leave. */
  readonly firstKey: string;
}

/**
 * The only memory of the engine. What is kept follows from the protocol alone, and a loaded protocol
 * is never changed, so a plan is the same with and without it; the rules go when their protocol goes.
 */
const known = new WeakMap<Protocol, readonly LaneRule[]>();

/** The lane visits of a protocol, in its order; worked out once a protocol. */
export function laneRules(protocol: Protocol): readonly LaneRule[] {
  const before = known.get(protocol);
  if (before !== undefined) return before;
  const rules = protocol.lanes.flatMap((lane) =>
    lane.offsetsMonths.map((months) => ruleOf(lane, months)),
  );
  known.set(protocol, rules);
  return rules;
}

function ruleOf(lane: ProtocolLane, months: number): LaneRule {
  const { before, after } = lane.windowMonths;
  return {
    lane,
    offsets: { earliest: months - before, target: months, latest: months + after },
    acceptFromMonths: months - lane.acceptEarlyMonths,
    firstKey: laneKey(1, lane.id, months),
  };
}
