import type { Day } from '../../domain/civil-date.ts';
import { dayInZone } from '../../domain/clock.ts';
import type { Clinic } from '../../store/clinic.ts';
import { actNow, type SchedulerContext } from '../scheduler-context.ts';
import { notDone, type ServiceOutcome } from '../service-outcome.ts';
import type { NightlyReport } from './nightly-report.ts';
import { rowSettings } from './row-settings.ts';
import { type HoldLease, leaseOf, onLease, runAtWork } from './run-nightly-lease.ts';
import { NightlyPass } from './run-nightly-pass.ts';

/** One night's list for one clinic. */
export interface NightlyList {
  readonly clinic: Clinic;
  /** Absent: the clinic's today. */
  readonly asOf?: Day | undefined;
  /** How many days ahead a window that opens is "soon"; 0 or more. */
  readonly soonDays: number;
  /** Told after each page, with how many episodes are done. */
  readonly progress?: ((episodes: number) => Promise<void>) | undefined;
}

/** One night's run for one clinic. */
export interface NightlyWork extends NightlyList {
  /** Names the process that runs it, on whichever host. */
  readonly holder: string;
  /** For how long no other run may start, in milliseconds; the run puts it off while it works. */
  readonly leaseMs: number;
  /**
   * Hands the report on; the run is finished only when this has. Long work asks `hold` between its
   * steps, and stops where another run took over. The digest is that of what was told, without the
   * end of the audit log: two runs that tell the same have the same.
   */
  readonly deliver: (
    report: NightlyReport,
    hold: HoldLease,
  ) => Promise<ServiceOutcome<{ readonly digest: string }>>;
}

/**
 * The nightly run of one clinic: the due list, what changed since the last finished run of an earlier
 * day, the dates of every episode that were not kept yet, and the calendars that were handed out. Run
 * twice, or killed and run again, it tells the same. Changes that are recorded while it runs may be
 * told again the next night, and are never passed over. promises.md, "The nightly job".
 */
export async function runNightly(
  context: SchedulerContext,
  work: NightlyWork,
): Promise<ServiceOutcome<NightlyReport>> {
  const { clinic, soonDays, holder, leaseMs, progress } = work;
  const settings = await rowSettings(context, clinic, { soonDays, codes: 'but-later' });
  if (!settings.ok) return settings;
  const act = actNow(context);
  const today = dayInZone(act.at, clinic.zone);
  const asOf = work.asOf ?? today;
  const started = await context.store.startRun(act, { clinic: clinic.id, asOf, holder, leaseMs });
  if (started.outcome !== 'ok') {
    const atWork = started.outcome === 'refused' && started.why === 'run-in-progress';
    return atWork ? runAtWork(context, clinic) : notDone(started);
  }
  const { run, startedAt, auditHead } = started.value;
  const held = { clinic, run, startedAt, holder, leaseMs };
  const hold = leaseOf(context, held);
  const pass = new NightlyPass(context, {
    clinic,
    asOf,
    soonDays,
    settings: settings.value,
    auditHead,
    // As of an earlier day events are missing: such a plan is told, and not kept.
    keepsPlans: asOf >= today,
    keepsCalendars: asOf === today,
    hold,
    progress,
  });
  return onLease(context, held, async () => {
    const report = await pass.tell();
    if (!report.ok) return report;
    const delivered = await work.deliver(report.value, hold);
    if (!delivered.ok) return delivered;
    const { worklist, episodes } = report.value;
    const finished = await context.store.finishRun(actNow(context), {
      clinic: clinic.id,
      run,
      holder,
      report: { digest: delivered.value.digest, episodes, counts: worklist.counts },
    });
    return finished.outcome === 'ok' ? report : notDone(finished);
  });
}

/** What the nightly run would tell now. It takes no lease and writes nothing. */
export async function previewNightly(
  context: SchedulerContext,
  { clinic, asOf, soonDays, progress }: NightlyList,
): Promise<ServiceOutcome<NightlyReport>> {
  const settings = await rowSettings(context, clinic, { soonDays, codes: 'but-later' });
  if (!settings.ok) return settings;
  const { seq, seal } = await context.store.auditHead();
  return new NightlyPass(context, {
    clinic,
    asOf: asOf ?? dayInZone(context.clock(), clinic.zone),
    soonDays,
    settings: settings.value,
    auditHead: { seq, seal },
    keepsPlans: false,
    keepsCalendars: false,
    hold: async () => null,
    progress,
  }).tell();
}
