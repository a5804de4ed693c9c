import type { Clinic } from '../../store/clinic.ts';
import { holdsLease } from '../../store/lease.ts';
import type { NightlyRun } from '../../store/nightly-run.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { type LastNightly, lastNightly } from './last-nightly.ts';

/** How things stand with the nightly job of one clinic. */
export interface ClinicStatus extends Pick<LastNightly, 'lastRun' | 'age'> {
  readonly clinic: Clinic;
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
  context: Pick<SchedulerContext, 'store' | 'clock'>,
  clinic: Clinic,
): Promise<ClinicStatus> {
  const { store, clock } = context;
  const { lastRun, age, newest } = await lastNightly(context, clinic);
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
    age,
    unfinished:
      newest?.finishedAt === null ? { run: newest, state: stateOf(newest, clock()) } : null,
    since: {
      registered,
      changed: changed.length - registered,
      erased: erased.length,
      behind,
      notLookedAt: Math.max(0, changed.length - LOOKED_AT),
    },
  };
}

function stateOf(run: NightlyRun, now: number): 'running' | 'killed' {
  return holdsLease(run, now) ? 'running' : 'killed';
}
