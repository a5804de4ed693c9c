import { type Day, formatDay } from '../domain/civil-date.ts';
import { dayInZone } from '../domain/clock.ts';
import type { WorklistRow } from '../plan/worklist-row.ts';
import type { Clinic } from '../store/clinic.ts';
import type { SavedPlan } from '../store/due-item.ts';
import type { NightlyRun } from '../store/nightly-run.ts';
import { rowsOfPlan } from '../worklist/rows-of-plan.ts';
import { makeWorklist } from '../worklist/worklist.ts';
import { ChangesSince } from './changes-since.ts';
import { dueItems } from './due-items.ts';
import { pagesOfCases } from './each-case.ts';
import type { NightlyReport } from './nightly-report.ts';
import { planStored } from './plan-stored.ts';
import { rowSettings } from './row-settings.ts';
import { actNow, type SchedulerContext } from './scheduler-context.ts';
import { notDone, type ServiceFailure, type ServiceOutcome, succeed } from './service-outcome.ts';
import type { UnplannedEpisode } from './unplanned-episode.ts';

/** One night's run for one clinic. */
export interface NightlyWork {
  readonly clinic: Clinic;
  /** Absent: the clinic's today. */
  readonly asOf?: Day | undefined;
  /** How many days ahead a window that opens is "soon"; 0 or more. */
  readonly soonDays: number;
  /** Names the process that runs it, on whichever host. */
  readonly holder: string;
  /** For how long no other run may start, in milliseconds; the run puts it off while it works. */
  readonly leaseMs: number;
  /** Hands the report on; the run is finished only when this has. */
  readonly deliver: (report: NightlyReport) => Promise<{ readonly digest: string }>;
  /** Told after each page, with how many episodes are done. */
  readonly progress?: ((episodes: number) => Promise<void>) | undefined;
}

/**
 * The nightly run of one clinic: the due list, what changed since the last finished run of an earlier
 * day, and the dates of every episode that were not kept yet. Run twice, or killed and run again, it
 * tells the same. Changes that are recorded while it runs may be told again the next night, and are
 * never passed over. promises.md, "The nightly job".
 */
export async function runNightly(
  context: SchedulerContext,
  work: NightlyWork,
): Promise<ServiceOutcome<NightlyReport>> {
  const { clinic, holder, leaseMs } = work;
  const act = actNow(context);
  const today = dayInZone(act.at, clinic.zone);
  const asOf = work.asOf ?? today;
  const started = await context.store.startRun(act, { clinic: clinic.id, asOf, holder, leaseMs });
  if (started.outcome !== 'ok') return notDone(started);
  const run = new NightlyPass(context, work, { run: started.value, today });
  const report = await run.tell();
  if (!report.ok) return report;
  const { digest } = await work.deliver(report.value);
  const { worklist, episodes } = report.value;
  const finished = await context.store.finishRun(actNow(context), {
    clinic: clinic.id,
    run: started.value.run,
    holder,
    report: { digest, episodes, counts: worklist.counts },
  });
  return finished.outcome === 'ok' ? report : notDone(finished);
}

/** One pass over the episodes of a clinic. */
class NightlyPass {
  readonly #context: SchedulerContext;
  readonly #work: NightlyWork;
  readonly #run: NightlyRun;
  readonly #keepsPlans: boolean;
  readonly #rows: WorklistRow[] = [];
  readonly #unplanned: UnplannedEpisode[] = [];
  #leftOut = 0;
  #episodes = 0;
  #renewAt: number;

  constructor(
    context: SchedulerContext,
    work: NightlyWork,
    { run, today }: { readonly run: NightlyRun; readonly today: Day },
  ) {
    this.#context = context;
    this.#work = work;
    this.#run = run;
    // As of an earlier day events are missing: such a plan is told, and not kept.
    this.#keepsPlans = run.asOf >= today;
    this.#renewAt = run.startedAt + work.leaseMs / 3;
  }

  async tell(): Promise<ServiceOutcome<NightlyReport>> {
    const { clinic, soonDays, progress } = this.#work;
    const { asOf, auditHead } = this.#run;
    const settings = await rowSettings(this.#context, clinic, {
      soonDays,
      codes: 'but-later',
    });
    if (!settings.ok) return settings;
    const [since] = await this.#context.store.listRuns({
      clinic: clinic.id,
      limit: 1,
      finished: true,
      before: asOf,
    });
    const changes =
      since === undefined ? null : await ChangesSince.start(this.#context, clinic.id, since);
    for await (const page of pagesOfCases(this.#context, clinic.id)) {
      const plans: SavedPlan[] = [];
      for (const stored of page) {
        const plan = await planStored(this.#context, clinic.id, stored, { asOf, explain: false });
        if (!plan.ok) {
          const { id: episode } = stored.caseFile.episode;
          this.#unplanned.push({ clinic: clinic.code, episode, problems: plan.problems });
          continue;
        }
        const rows = rowsOfPlan(plan.value, settings.value(stored.id));
        this.#take(rows);
        await changes?.add({ stored, plan: plan.value, rows }, settings.value);
        if (this.#keepsPlans && stored.planVersion !== stored.version) {
          const { id: episode, version: restsOn } = stored;
          plans.push({ episode, restsOn, items: dueItems(plan.value) });
        }
      }
      if (plans.length > 0) {
        await this.#context.store.savePlans(actNow(this.#context), { clinic: clinic.id, plans });
      }
      const lost = await this.#renew();
      if (lost !== null) return lost;
      await progress?.(this.#episodes);
    }
    const listed = makeWorklist(this.#rows, { asOf: formatDay(asOf), soonDays });
    return succeed({
      clinic,
      asOf: formatDay(asOf),
      since: since === undefined ? null : formatDay(since.asOf),
      missedNights: since === undefined ? 0 : Math.max(0, asOf - since.asOf - 1),
      worklist: { ...listed, leftOut: this.#leftOut },
      changes: changes?.diff(asOf) ?? null,
      episodes: this.#episodes,
      erased: changes?.erased ?? 0,
      unplanned: this.#unplanned,
      auditHead,
    });
  }

  #take(rows: readonly WorklistRow[]): void {
    this.#episodes += 1;
    for (const row of rows) {
      if (row.bucket === 'later') this.#leftOut += 1;
      else this.#rows.push(row);
    }
  }

  async #renew(): Promise<ServiceFailure | null> {
    const act = actNow(this.#context);
    if (act.at < this.#renewAt) return null;
    const { clinic, holder, leaseMs } = this.#work;
    const renewed = await this.#context.store.renewRun(act, {
      clinic: clinic.id,
      run: this.#run.run,
      holder,
      leaseMs,
    });
    this.#renewAt = act.at + leaseMs / 3;
    return renewed.outcome === 'ok' ? null : notDone(renewed);
  }
}
