import { type Day, formatDay } from '../../domain/civil-date.ts';
import { dayInZone } from '../../domain/clock.ts';
import type { Worklist } from '../../plan/worklist-row.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import type { RowFilter } from '../../worklist/row-filter.ts';
import { rowsOfPlan } from '../../worklist/rows-of-plan.ts';
import { WorklistBuilder } from '../../worklist/worklist.ts';
import { pagesOfCases } from '../episode/each-case.ts';
import { planStored } from '../episode/plan-stored.ts';
import type { UnplannedEpisode } from '../episode/unplanned-episode.ts';
import { BETWEEN_RESTS, NO_REST, type Rest } from '../rest.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { type ServiceOutcome, succeed } from '../service-outcome.ts';
import { rowSettings } from './row-settings.ts';

/** Asks for the open items of some clinics on one day. */
export interface DueRequest {
  readonly clinics: readonly Clinic[];
  /** Absent: the today of each clinic. */
  readonly asOf?: Day | undefined;
  /** How many days ahead a window that opens is "soon"; 0 or more. */
  readonly soonDays: number;
  readonly filter?: RowFilter | undefined;
}

export interface DueList {
  readonly worklist: Worklist;
  /** How many episodes were looked at, without those that could not be planned. */
  readonly episodes: number;
  /** Whoever reads the list must be told of these. */
  readonly unplanned: readonly UnplannedEpisode[];
}

/**
 * Every open item of every episode, told from the events of this moment: it rests on nothing that was
 * computed before, so no forgotten run can take anybody off the list. `rest` gives others their turn.
 */
export async function listDue(
  context: SchedulerContext,
  { clinics, asOf, soonDays, filter }: DueRequest,
  rest: Rest = NO_REST,
): Promise<ServiceOutcome<DueList>> {
  const now = context.clock();
  const list = new WorklistBuilder(filter);
  const codes = showsLater(filter) ? 'all' : 'but-later';
  const unplanned: UnplannedEpisode[] = [];
  let episodes = 0;
  let latest: Day | undefined;
  for (const clinic of clinics) {
    const day = asOf ?? dayInZone(now, clinic.zone);
    latest = latest === undefined || day > latest ? day : latest;
    const settings = await rowSettings(context, clinic, { soonDays, codes });
    if (!settings.ok) return settings;
    for await (const stored of casesOf(context, clinic, rest)) {
      const plan = await planStored(context, clinic.id, stored, { asOf: day, explain: false });
      if (plan.ok) {
        episodes += 1;
        list.add(rowsOfPlan(plan.value, settings.value(stored.id)));
      } else {
        const { id: episode } = stored.caseFile.episode;
        unplanned.push({ clinic: clinic.code, episode, problems: plan.problems });
      }
    }
  }
  const worklist = list.build({ asOf: formatDay(latest ?? dayInZone(now, 'utc')), soonDays });
  return succeed({ worklist, episodes, unplanned });
}

async function* casesOf(
  context: SchedulerContext,
  { id }: Clinic,
  rest: Rest,
): AsyncGenerator<StoredCase> {
  for await (const page of pagesOfCases(context, id)) {
    for (const [place, stored] of page.entries()) {
      if (place % BETWEEN_RESTS === 0) await rest();
      yield stored;
    }
  }
}

function showsLater({ buckets }: RowFilter = {}): boolean {
  return buckets === undefined || buckets.includes('later');
}
