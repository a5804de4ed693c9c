import { dayInZone } from '../../domain/clock.ts';
import { baselineKey } from '../../domain/keys.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import { type CalendarIdentity, calendarIdentity } from '../calendar/calendar-identity.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { pagesOfCases } from './each-case.ts';
import { episodeRow, type ListedEpisode } from './list-episodes.ts';
import { planStored } from './plan-stored.ts';

export type { ListedEpisode } from './list-episodes.ts';

/** Which episodes of a clinic, and which part of them. */
export interface EpisodeSearch {
  readonly clinic: Clinic;
  /** Part of an id or of a patient's reference, or the whole code of a calendar; empty: all. */
  readonly text: string;
  /** How many that fit are passed over. */
  readonly skip: number;
  /** How many are told at most. */
  readonly limit: number;
}

export interface FoundEpisodes {
  readonly episodes: readonly ListedEpisode[];
  /** How many fit in all. */
  readonly total: number;
}

/** Codes are 8 hexadecimal digits; a longer or shorter text is none. */
const CODE = /^[0-9A-F]{8}$/i;

/**
 * Finds episodes by a part of their id or of the patient's reference, or by the code under which a
 * calendar shows one of their visits, in the order of registration. Only those told are planned, unless
 * a code is looked for.
 */
export async function searchEpisodes(
  context: Pick<SchedulerContext, 'store' | 'protocols' | 'clock' | 'sha256' | 'hmac'>,
  { clinic, text, skip, limit }: EpisodeSearch,
): Promise<FoundEpisodes> {
  const asOf = dayInZone(context.clock(), clinic.zone);
  const planOf = (stored: StoredCase) =>
    planStored(context, clinic.id, stored, { asOf, explain: false });
  const wanted = text.trim().toLowerCase();
  const identity = CODE.test(wanted) ? await calendarIdentity(context) : null;
  const found: StoredCase[] = [];
  let total = 0;
  for await (const page of pagesOfCases(context, clinic.id)) {
    for (const stored of page) {
      const fits =
        hasText(stored, wanted) || (identity !== null && (await hasCode(stored, wanted, identity)));
      if (!fits) continue;
      if (total >= skip && found.length < limit) found.push(stored);
      total += 1;
    }
  }
  const episodes: ListedEpisode[] = [];
  for (const stored of found) episodes.push(episodeRow(stored, await planOf(stored)));
  return { episodes, total };

  async function hasCode(
    stored: StoredCase,
    code: string,
    { code: codeOf }: CalendarIdentity,
  ): Promise<boolean> {
    const plan = await planOf(stored);
    const visits = plan.ok ? plan.value.visits.map(({ key }) => key) : [];
    // A letter about the end carries the code of the first visit, which the plan need not have any more.
    return [baselineKey(1), ...visits].some((key) => codeOf(stored.id, key).toLowerCase() === code);
  }
}

function hasText({ caseFile }: StoredCase, wanted: string): boolean {
  const { id, patientRef = '' } = caseFile.episode;
  return id.toLowerCase().includes(wanted) || patientRef.toLowerCase().includes(wanted);
}
