import type { Clinic } from '../../store/clinic.ts';
import { afterChange } from '../episode/after-change.ts';
import { actNow, type SchedulerContext } from '../scheduler-context.ts';
import { fail, notDone, type ServiceFailure, type ServiceOutcome } from '../service-outcome.ts';

/** Puts off the end of a run's lease where it is time to; gives why the run may not go on, else null. */
export type HoldLease = () => Promise<ServiceFailure | null>;

/** A run that holds the lease of its clinic. */
export interface HeldRun {
  readonly clinic: Clinic;
  readonly run: number;
  readonly startedAt: number;
  readonly holder: string;
  /** In milliseconds. */
  readonly leaseMs: number;
}

/** A lease is renewed when a third of it has gone by, so that two renewals may come late. */
const SHARES = 3;

/** Keeps the lease of a run while it works. */
export function leaseOf(
  context: SchedulerContext,
  { clinic, run, startedAt, holder, leaseMs }: HeldRun,
): HoldLease {
  let renewAt = startedAt + leaseMs / SHARES;
  return async () => {
    const act = actNow(context);
    if (act.at < renewAt) return null;
    const scope = { clinic: clinic.id, run, holder };
    const renewed = await context.store.renewRun(act, { ...scope, leaseMs });
    renewAt = act.at + leaseMs / SHARES;
    return renewed.outcome === 'ok' ? null : notDone(renewed);
  };
}

/**
 * Runs on a lease; where that fails the lease is given back, so that the next run need not wait for its
 * end. Where that fails too, a full disk say, the first failure is told.
 */
export async function onLease<T>(
  context: SchedulerContext,
  { clinic, run, holder }: HeldRun,
  work: () => Promise<ServiceOutcome<T>>,
): Promise<ServiceOutcome<T>> {
  const giveBack = () =>
    afterChange(async () => {
      const scope = { clinic: clinic.id, run, holder };
      await context.store.renewRun(actNow(context), { ...scope, leaseMs: 0 });
    });
  try {
    const outcome = await work();
    if (!outcome.ok) await giveBack();
    return outcome;
  } catch (error) {
    await giveBack();
    throw error;
  }
}

/** Says which run is at work for a clinic. */
export async function runAtWork(
  { store }: Pick<SchedulerContext, 'store'>,
  { id, code }: Clinic,
): Promise<ServiceFailure> {
  const [newest] = await store.listRuns({ clinic: id, limit: 1 });
  const who =
    newest === undefined ? '' : `: ${newest.holder}, lease until ${timeText(newest.leaseUntil)}`;
  return fail('busy', {
    path: '',
    message: `another nightly run of clinic ${code} is at work${who}`,
    mend: 'try again then; one that was killed does not renew its lease, and is taken over',
  });
}

function timeText(instant: number): string {
  return new Date(instant).toISOString();
}
