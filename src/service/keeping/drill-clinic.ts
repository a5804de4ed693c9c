import { dayInZone } from '../../domain/clock.ts';
import type { WorklistRow } from '../../plan/worklist-row.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import { rowsOfPlan } from '../../worklist/rows-of-plan.ts';
import { pagesOfCases } from '../episode/each-case.ts';
import { planStored } from '../episode/plan-stored.ts';
import type { SchedulerContext } from '../scheduler-context.ts';

/** How the due list of a restored clinic compares with that of the store. Episodes by the clinic's ids. */
export interface DrilledClinic {
  readonly clinic: string;
  /** Episodes that stand at the same version in both, with the same rows. */
  readonly same: number;
  /** How many rows of the due list these have. */
  readonly rows: number;
  /** Episodes that were changed since the backup: not compared. */
  readonly changed: number;
  /** Episodes that were erased since the backup; a restored store holds them again. */
  readonly erased: number;
  /** The same version, and other rows. */
  readonly differ: readonly string[];
  /** Episodes, or versions of them, that the backup has and the store has not. */
  readonly lost: readonly string[];
  /** Episodes that this release cannot plan from the backup, and can from the store. */
  readonly unplanned: number;
}

/** Rows are made without a suggested day: the closed days may have been set anew since. */
const SOON_DAYS = 28;

type Verdict = 'same' | 'changed' | 'erased' | 'differ' | 'lost' | 'unplanned';

/** Compares one clinic, episode by episode, as of its day at an instant. */
export async function drillClinic(
  { live, restored }: { readonly live: SchedulerContext; readonly restored: SchedulerContext },
  clinic: Clinic,
  instant: number,
): Promise<DrilledClinic> {
  const asOf = dayInZone(instant, clinic.zone);
  const counts: Record<Verdict, number> = {
    same: 0,
    changed: 0,
    erased: 0,
    differ: 0,
    lost: 0,
    unplanned: 0,
  };
  const named = { differ: [] as string[], lost: [] as string[] };
  let rows = 0;
  const rowsIn = async (context: SchedulerContext, stored: StoredCase) => {
    const plan = await planStored(context, clinic.id, stored, { asOf, explain: false });
    if (!plan.ok) return null;
    return rowsOfPlan(plan.value, { clinic: clinic.code, soonDays: SOON_DAYS });
  };
  const judge = async (stored: StoredCase): Promise<Verdict> => {
    const now = await live.store.loadCase({ clinic: clinic.id, episode: stored.id });
    if (now.outcome === 'refused' && now.why === 'erased') return 'erased';
    if (now.outcome !== 'ok' || now.value.version < stored.version) return 'lost';
    if (now.value.version > stored.version) return 'changed';
    const [then, today] = [await rowsIn(restored, stored), await rowsIn(live, now.value)];
    if (then === null && today !== null) return 'unplanned';
    if (textOf(then) !== textOf(today)) return 'differ';
    rows += then?.length ?? 0;
    return 'same';
  };
  for await (const page of pagesOfCases(restored, clinic.id)) {
    for (const stored of page) {
      const verdict = await judge(stored);
      counts[verdict] += 1;
      if (verdict === 'differ' || verdict === 'lost') {
        named[verdict].push(stored.caseFile.episode.id);
      }
    }
  }
  const { same, changed, erased, unplanned } = counts;
  return { clinic: clinic.code, same, rows, changed, erased, ...named, unplanned };
}

function textOf(rows: readonly WorklistRow[] | null): string {
  return JSON.stringify(rows);
}
