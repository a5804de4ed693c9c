import { type Day, formatDay } from '../../domain/civil-date.ts';
import type { Plan } from '../../plan/plan.ts';
import type { RowChange, WorklistDiff } from '../../plan/worklist-diff.ts';
import type { WorklistRow } from '../../plan/worklist-row.ts';
import type { NightlyRun } from '../../store/nightly-run.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import { collectChanges, diffRows } from '../../worklist/diff-worklists.ts';
import { rowsOfPlan } from '../../worklist/rows-of-plan.ts';
import { planStored } from '../episode/plan-stored.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import type { RowSettingsOf } from './row-settings.ts';

/** An episode with its plan and rows of this run. */
export interface EpisodeTold {
  readonly stored: StoredCase;
  readonly plan: Plan;
  readonly rows: readonly WorklistRow[];
}

/**
 * Collects what became of the items since an earlier run. The earlier list is told anew from the
 * events of that time, so nothing of it need be kept: the audit log says which episodes were changed
 * since, and at which version each stood.
 */
export class ChangesSince {
  readonly erased: number;
  readonly #context: SchedulerContext;
  readonly #clinic: number;
  readonly #since: NightlyRun;
  readonly #versions: ReadonlyMap<number, number>;
  readonly #changes: RowChange[] = [];
  #unchanged = 0;

  private constructor(
    context: SchedulerContext,
    clinic: number,
    since: NightlyRun,
    found: { readonly versions: ReadonlyMap<number, number>; readonly erased: number },
  ) {
    this.#context = context;
    this.#clinic = clinic;
    this.#since = since;
    this.#versions = found.versions;
    this.erased = found.erased;
  }

  static async start(
    context: SchedulerContext,
    clinic: number,
    since: NightlyRun,
  ): Promise<ChangesSince> {
    const { changed, erased } = await context.store.listChanges({
      clinic,
      afterAudit: since.auditHead.seq,
    });
    const versions = new Map(changed.map((each) => [each.episode, each.versionBefore]));
    return new ChangesSince(context, clinic, since, { versions, erased: erased.length });
  }

  /** Takes in an episode as it is now. */
  async add({ stored, plan, rows }: EpisodeTold, settings: RowSettingsOf): Promise<void> {
    const earlier = await this.#earlier(stored);
    const before = earlier === null ? [] : await this.#rowsThen(earlier, settings);
    // An event of a later day than the earlier list's was recorded then, and not on it.
    const known = new Set(
      earlier?.caseFile.events.flatMap(({ id, date }) => (date > this.#since.asOf ? [] : [id])),
    );
    const recorded = stored.caseFile.events.flatMap(({ id }) => (known.has(id) ? [] : [id]));
    const changes = diffRows(before, rows, { plan, recorded });
    const changed = new Set(changes.map(({ after }) => after?.item));
    this.#unchanged += rows.filter(
      ({ item, bucket }) => bucket !== 'later' && !changed.has(item),
    ).length;
    this.#changes.push(...changes.filter(mattersNow));
  }

  diff(asOf: Day): WorklistDiff {
    const from = formatDay(this.#since.asOf);
    return collectChanges(this.#changes, from, formatDay(asOf), this.#unchanged);
  }

  /** The episode as the earlier run saw it; null: it was not there. */
  async #earlier(stored: StoredCase): Promise<StoredCase | null> {
    const version = this.#versions.get(stored.id);
    if (version === undefined) return stored;
    if (version < 1) return null;
    const scope = { clinic: this.#clinic, episode: stored.id, version };
    const loaded = await this.#context.store.loadCase(scope);
    return loaded.outcome === 'ok' ? loaded.value : null;
  }

  async #rowsThen(earlier: StoredCase, settings: RowSettingsOf): Promise<WorklistRow[]> {
    const day = { asOf: this.#since.asOf, explain: false };
    const plan = await planStored(this.#context, this.#clinic, earlier, day);
    return plan.ok ? rowsOfPlan(plan.value, settings(earlier.id)) : [];
  }
}

/** An item that lies later before and after needs nobody yet. */
function mattersNow({ before, after }: RowChange): boolean {
  return [before, after].some((row) => row !== null && row.bucket !== 'later');
}
