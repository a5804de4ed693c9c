import type { Day } from '../../domain/civil-date.ts';
import type { NightlyRun } from '../../store/nightly-run.ts';
import type { SchedulerContext } from '../scheduler-context.ts';

/** Runs of days long gone may have been asked for in between; so many of them are looked past. */
const LOOKED_AT = 200;

/**
 * The finished run of the latest day before this one; of several of that day the newest. A list of an
 * older day that was asked for meanwhile does not count: what is told is what changed since last night.
 */
export async function runBefore(
  { store }: Pick<SchedulerContext, 'store'>,
  clinic: number,
  asOf: Day,
): Promise<NightlyRun | undefined> {
  const query = { clinic, limit: LOOKED_AT, finished: true, before: asOf };
  const runs = await store.listRuns(query);
  return runs.reduce<NightlyRun | undefined>(
    (latest, run) => (latest === undefined || run.asOf > latest.asOf ? run : latest),
    undefined,
  );
}
