/** Something to measure. */
export interface Contestant {
  /** One round of work. The result is kept so that no work can be optimised away. */
  readonly round: () => unknown;
}

/** Median seconds that a round takes. */
export interface Medians {
  readonly ours: number;
  readonly floor: number;
}

const kept: { last: unknown } = { last: undefined };

/** Tells seconds since some moment. */
export type Stopwatch = () => number;

/** Processor time of this process: what other processes do at the same time does not count. */
export const processorTime: Stopwatch = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Time on the clock, for work in other processes. */
export const clockTime: Stopwatch = () => Number(process.hrtime.bigint()) / 1e9;

function secondsOf(contestant: Contestant, stopwatch: Stopwatch): number {
  const before = stopwatch();
  kept.last = contestant.round();
  return stopwatch() - before;
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
export function measure(
  ours: Contestant,
  floor: Contestant,
  rounds: number,
  stopwatch: Stopwatch,
): Medians {
  const oursSeconds: number[] = [];
  const floorSeconds: number[] = [];
  const warmUp = Math.max(1, Math.floor(rounds / 10));
  for (let round = -warmUp; round < rounds; round += 1) {
    const a = secondsOf(ours, stopwatch);
    const b = secondsOf(floor, stopwatch);
    const c = secondsOf(floor, stopwatch);
    const d = secondsOf(ours, stopwatch);
    if (round < 0) continue;
    oursSeconds.push(a, d);
    floorSeconds.push(b, c);
  }
  return { ours: median(oursSeconds), floor: median(floorSeconds) };
}
