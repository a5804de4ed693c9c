/** Something to measure: one round of work, and what it is called in the table. */
export interface Contestant {
  /** One round. The result is kept so that no work can be optimised away. */
  readonly round: () => unknown;
}

/** Median seconds a round of each contestant, in the order given. */
export interface Medians {
  readonly ours: number;
  readonly floor: number;
}

const kept: { last: unknown } = { last: undefined };

function secondsOf(contestant: Contestant): number {
  const before = process.hrtime.bigint();
  kept.last = contestant.round();
  return Number(process.hrtime.bigint() - before) / 1e9;
}

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * Measures two contestants in turn, ours–floor–floor–ours, so that whatever else slows the machine
 * slows both. The first tenth of the rounds, at least one, warms up and is thrown away.
 */
export function measure(ours: Contestant, floor: Contestant, rounds: number): Medians {
  const oursSeconds: number[] = [];
  const floorSeconds: number[] = [];
  const warmUp = Math.max(1, Math.floor(rounds / 10));
  for (let round = -warmUp; round < rounds; round += 1) {
    const a = secondsOf(ours);
    const b = secondsOf(floor);
    const c = secondsOf(floor);
    const d = secondsOf(ours);
    if (round < 0) continue;
    oursSeconds.push(a, d);
    floorSeconds.push(b, c);
  }
  return { ours: median(oursSeconds), floor: median(floorSeconds) };
}
