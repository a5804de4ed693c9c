import { dayInZone } from '../../domain/clock.ts';
import { CLOCK_TOLERANCE_MS } from '../../store/act.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { NightlyRun } from '../../store/nightly-run.ts';
import type { SchedulerContext } from '../scheduler-context.ts';

/** The last night of a clinic. */
export interface LastNightly {
  /**
   * The newest finished run of the day on which it started, or of the next one; null: there is none. A
   * list of another day that somebody asked for is no night's run, and neither is one that finished
   * ahead of now, by a clock that was wrong.
   */
  readonly lastRun: NightlyRun | null;
  /** Milliseconds since it finished; null: there is none. */
  readonly age: number | null;
  /** The newest run of any kind; null: there is none. */
  readonly newest: NightlyRun | null;
}

/** A nightly run may have finished so long ago: a day, and two hours for a slow one. Milliseconds. */
export const NIGHTLY_MAX_AGE_MS = 26 * 60 * 60_000;

/** Lists of other days that were asked for in between are looked past. */
const RUNS = 50;

/** The last night of a clinic: one cheap read. */
export async function lastNightly(
  { store, clock }: Pick<SchedulerContext, 'store' | 'clock'>,
  clinic: Clinic,
): Promise<LastNightly> {
  const runs = await store.listRuns({ clinic: clinic.id, limit: RUNS });
  const now = clock();
  const lastRun =
    runs.find((run) => hasFinished(run, now) && isOfItsNight(run, clinic.zone)) ?? null;
  return {
    lastRun,
    age: typeof lastRun?.finishedAt === 'number' ? now - lastRun.finishedAt : null,
    newest: runs[0] ?? null,
  };
}

function hasFinished({ finishedAt }: NightlyRun, now: number): boolean {
  return finishedAt !== null && finishedAt <= now + CLOCK_TOLERANCE_MS;
}

/** A run late in the evening may list the day that begins. */
function isOfItsNight({ asOf, startedAt }: NightlyRun, zone: string): boolean {
  const ahead = asOf - dayInZone(startedAt, zone);
  return ahead === 0 || ahead === 1;
}
