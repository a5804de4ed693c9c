import { type Day, formatDay } from '../../domain/civil-date.ts';
import { BUCKET_NAMES } from '../../plan/worklist-buckets.ts';
import type { AuditHead } from '../../store/audit.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { SavedPlan } from '../../store/due-item.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import { rowsOfPlan } from '../../worklist/rows-of-plan.ts';
import { WorklistBuilder } from '../../worklist/worklist.ts';
import { afterChange } from '../episode/after-change.ts';
import { dueItems } from '../episode/due-items.ts';
import { pagesOfCases } from '../episode/each-case.ts';
import { planStored } from '../episode/plan-stored.ts';
import type { UnplannedEpisode } from '../episode/unplanned-episode.ts';
import { actNow, type SchedulerContext } from '../scheduler-context.ts';
import { type ServiceOutcome, succeed } from '../service-outcome.ts';
import { ChangesSince } from './changes-since.ts';
import type { NightlyReport } from './nightly-report.ts';
import type { RowSettingsOf } from './row-settings.ts';
import { NightlyCalendars } from './run-nightly-calendars.ts';
import type { HoldLease } from './run-nightly-lease.ts';
import { runBefore } from './run-nightly-since.ts';

/** What one pass over the episodes of a clinic is for. */
export interface PassWork {
  readonly clinic: Clinic;
  readonly asOf: Day;
  readonly soonDays: number;
  readonly settings: RowSettingsOf;
  /** The end of the audit log before the pass. */
  readonly auditHead: AuditHead;
  /** Whether the dates are kept. */
  readonly keepsPlans: boolean;
  /** Whether the calendars that were handed out are brought up to the plans. */
  readonly keepsCalendars: boolean;
  readonly hold: HoldLease;
  /** Told after each page, with how many episodes are done. */
  readonly progress?: ((episodes: number) => Promise<void>) | undefined;
}

/** What needs somebody, now or soon. */
const LISTED = BUCKET_NAMES.filter((name) => name !== 'later');

/** One pass over the episodes of a clinic. */
export class NightlyPass {
  readonly #context: SchedulerContext;
  readonly #work: PassWork;
  readonly #list = new WorklistBuilder({ buckets: LISTED });
  readonly #unplanned: UnplannedEpisode[] = [];
  #changes: ChangesSince | null = null;
  #calendars: NightlyCalendars | null = null;
  #episodes = 0;

  constructor(context: SchedulerContext, work: PassWork) {
    this.#context = context;
    this.#work = work;
  }

  async tell(): Promise<ServiceOutcome<NightlyReport>> {
    const { clinic, asOf, soonDays, auditHead, hold, progress } = this.#work;
    const since = await runBefore(this.#context, clinic.id, asOf);
    if (since !== undefined) {
      this.#changes = await ChangesSince.start(this.#context, clinic.id, since);
    }
    if (this.#work.keepsCalendars) {
      this.#calendars = await NightlyCalendars.start(this.#context, clinic);
    }
    for await (const page of pagesOfCases(this.#context, clinic.id)) {
      await this.#tellPage(page);
      const lost = await hold();
      if (lost !== null) return lost;
      await progress?.(this.#episodes);
    }
    return succeed({
      clinic,
      asOf: formatDay(asOf),
      since: since === undefined ? null : formatDay(since.asOf),
      missedNights: since === undefined ? 0 : Math.max(0, asOf - since.asOf - 1),
      worklist: this.#list.build({ asOf: formatDay(asOf), soonDays }),
      changes: this.#changes?.diff(asOf) ?? null,
      episodes: this.#episodes,
      erased: this.#changes?.erased ?? 0,
      unplanned: this.#unplanned,
      auditHead,
    });
  }

  async #tellPage(page: readonly StoredCase[]): Promise<void> {
    const { clinic } = this.#work;
    const plans: SavedPlan[] = [];
    for (const stored of page) plans.push(...(await this.#tellCase(stored)));
    if (plans.length === 0) return;
    // One that has moved on meanwhile is left as it is: whoever changed it keeps the newer dates.
    await afterChange(async () => {
      await this.#context.store.savePlans(actNow(this.#context), { clinic: clinic.id, plans });
    });
  }

  /** Takes in an episode; gives its dates where they are to be kept. */
  async #tellCase(stored: StoredCase): Promise<SavedPlan[]> {
    const { clinic, asOf, settings, keepsPlans } = this.#work;
    const plan = await planStored(this.#context, clinic.id, stored, { asOf, explain: false });
    if (!plan.ok) {
      const { id: episode } = stored.caseFile.episode;
      this.#unplanned.push({ clinic: clinic.code, episode, problems: plan.problems });
      return [];
    }
    const rows = rowsOfPlan(plan.value, settings(stored.id));
    this.#episodes += 1;
    this.#list.add(rows);
    await this.#changes?.add({ stored, plan: plan.value, rows }, settings);
    await afterChange(async () => this.#calendars?.refresh(stored, asOf));
    if (!keepsPlans || stored.planVersion === stored.version) return [];
    return [{ episode: stored.id, restsOn: stored.version, items: dueItems(plan.value) }];
  }
}
