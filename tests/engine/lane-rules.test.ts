import { describe, expect, it } from 'vitest';
import { dayFromCivil } from '../../src/domain/civil-date.ts';
import { laneRules } from '../../src/engine/lane-rules.ts';
import { createLanes } from '../../src/engine/lanes.ts';
import type { Protocol } from '../../src/protocol/protocol-schema.ts';
import { DEFAULT_PROTOCOL } from './case-builder.ts';

const ABLATION_DAY = dayFromCivil(2026, 1, 15);

function withLane(offsetsMonths: number[], acceptEarlyMonths = 2): Protocol {
  const lane = {
    id: 'mg',
    offsetsMonths,
    windowMonths: { before: 1, after: 3 },
    acceptEarlyMonths,
    modalities: ['MG' as const],
  };
  return { ...DEFAULT_PROTOCOL, lanes: [lane] };
}

describe('the lane rules of a protocol', () => {
  it('hold the offsets, the first day of acceptance and the key in the first course', () => {
    const protocol = withLane([12, 24]);
    const [lane] = protocol.lanes;
    expect(laneRules(protocol)).toEqual([
      {
        lane,
        offsets: { earliest: 11, target: 12, latest: 15 },
        acceptFromMonths: 10,
        firstKey: 'a1.mg-12',
      },
      {
        lane,
        offsets: { earliest: 23, target: 24, latest: 27 },
        acceptFromMonths: 22,
        firstKey: 'a1.mg-24',
      },
    ]);
  });

  it('are those of each protocol, also where two have the same id', () => {
    const [one, other] = [withLane([12]), withLane([18])];
    const targets = () =>
      [one, other, one].map((each) => laneRules(each).map(({ offsets }) => offsets.target));
    expect(targets()).toEqual([[12], [18], [12]]);
    expect(targets()).toEqual([[12], [18], [12]]);
  });

  it('carry nothing from one episode to the next', () => {
    const protocol = withLane([12]);
    const [first] = createLanes(1, ABLATION_DAY, protocol);
    if (first === undefined) throw new Error('a lane visit');
    first.declinedBy = 'x1';
    expect(createLanes(1, ABLATION_DAY, protocol)[0]?.declinedBy).toBe(null);
    expect(createLanes(2, ABLATION_DAY, protocol)[0]?.key).toBe('a2.mg-12');
  });
});
