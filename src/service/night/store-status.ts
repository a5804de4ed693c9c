import { dayInZone } from '../../domain/clock.ts';
import { CLOCK_TOLERANCE_MS } from '../../store/act.ts';
import type { Clinic } from '../../store/clinic.ts';
import { holdsLease } from '../../store/lease.ts';
import type { NightlyRun } from '../../store/nightly-run.ts';
import type { SchedulerContext } from '../scheduler-context.ts';

/** How things stand with the nightly job of one clinic. */
export interface ClinicStatus {
  readonly clinic: Clinic;
  /**
   * The newest finished run of the day on which it started, or of the next one; null: there is none. A
   * list of another day that somebody asked for is no night's run, and neither is one that finished
   * ahead of now, by a clock that was wrong.
   */
  readonly lastRun: NightlyRun | null;
  /** Milliseconds since it finished; null: there is none. */
  readonly age: number | null;
  /** A run that has not finished: at work, or killed, its lease run out. Null: there is none. */
  readonly unfinished: { readonly run: NightlyRun; readonly state: 'running' | 'killed' } | null;
  /** Counted from the start of the last run; without one from the start of the clinic. */
  readonly since: {
    readonly registered: number;
    /** Others whose facts, protocol or events were changed. */
    readonly changed: number;
    readonly erased: number;
    /** Of these two, how many have dates that rest on an earlier version: the next run sees to it. */
    readonly behind: number;
    /** How many were left out of `behind`, so that asking stays cheap. */
    readonly notLookedAt: number;
  };
}

/** Lists of other days that were asked for in between are looked past. */
const RUNS = 50;
const LOOKED_AT = 500;

/** How things stand with the nightly job of some clinics. Cheap: it reads what changed since last night. */
export async function storeStatus(
  context: Pick<SchedulerContext, 'store' | 'clock'>,
  clinics: readonly Clinic[],
): Promise<readonly ClinicStatus[]> {
  const told: ClinicStatus[] = [];
  for (const clinic of clinics) told.push(await clinicStatus(context, clinic));
  return told;
}

async function clinicStatus(
  { store, clock }: Pick<SchedulerContext, 'store' | 'clock'>,
  clinic: Clinic,
): Promise<ClinicStatus> {
  const runs = await store.listRuns({ clinic: clinic.id, limit: RUNS });
  const now = clock();
  const lastRun =
    runs.find((run) => hasFinished(run, now) && isOfItsNight(run, clinic.zone)) ?? null;
  const [newest] = runs;
  const { changed, erased } = await store.listChanges({
    clinic: clinic.id,
    afterAudit: lastRun?.auditHead.seq ?? 0,
  });
  const registered = changed.filter(({ versionBefore }) => versionBefore === 0).length;
  let behind = 0;
  for (const { episode } of changed.slice(0, LOOKED_AT)) {
    const loaded = await store.loadCase({ clinic: clinic.id, episode });
    if (loaded.outcome === 'ok' && loaded.value.planVersion !== loaded.value.version) behind += 1;
  }
  return {
    clinic,
    lastRun,
    age: typeof lastRun?.finishedAt === 'number' ? now - lastRun.finishedAt : null,
    unfinished: newest?.finishedAt === null ? { run: newest, state: stateOf(newest, now) } : null,
    since: {
      registered,
      changed: changed.length - registered,
      erased: erased.length,
      behind,
      notLookedAt: Math.max(0, changed.length - LOOKED_AT),
    },
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

function stateOf(run: NightlyRun, now: number): 'running' | 'killed' {
  return holdsLease(run, now) ? 'running' : 'killed';
}
