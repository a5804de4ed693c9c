import { type Medians, median, type Stopwatch } from './measure.ts';

/** Something to measure that waits for a store. */
export interface AsyncContestant {
  /** Brings about what is measured; its own time does not count. */
  readonly prepare?: () => Promise<void>;
  /** One round of work. */
  readonly round: () => Promise<unknown>;
}

async function secondsOf(
  { prepare, round }: AsyncContestant,
  stopwatch: Stopwatch,
): Promise<number> {
  await prepare?.();
  const before = stopwatch();
  await round();
  return stopwatch() - before;
}

/** How often: `once` each, or ours–floor–floor–ours for so many rounds after one that is thrown away. */
export type Rounds = 'once' | number;

/** Measures two contestants in turn, as `measure` does. */
export async function measureAsync(
  ours: AsyncContestant,
  floor: AsyncContestant,
  rounds: Rounds,
  stopwatch: Stopwatch,
): Promise<Medians> {
  if (rounds === 'once') {
    return { ours: await secondsOf(ours, stopwatch), floor: await secondsOf(floor, stopwatch) };
  }
  const oursSeconds: number[] = [];
  const floorSeconds: number[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const a = await secondsOf(ours, stopwatch);
    const b = await secondsOf(floor, stopwatch);
    const c = await secondsOf(floor, stopwatch);
    const d = await secondsOf(ours, stopwatch);
    if (round < 0) continue;
    oursSeconds.push(a, d);
    floorSeconds.push(b, c);
  }
  return { ours: median(oursSeconds), floor: median(floorSeconds) };
}
