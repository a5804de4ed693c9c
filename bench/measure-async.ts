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

/** Like `measure`: ours–floor–floor–ours for so many rounds, after one round that is thrown away. */
export async function measureAsync(
  ours: AsyncContestant,
  floor: AsyncContestant,
  { rounds, warmUp }: { readonly rounds: number; readonly warmUp: boolean },
  stopwatch: Stopwatch,
): Promise<Medians> {
  const oursSeconds: number[] = [];
  const floorSeconds: number[] = [];
  for (let round = warmUp ? -1 : 0; round < rounds; round += 1) {
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
