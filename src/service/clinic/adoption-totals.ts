import type {
  AdoptionDifference,
  AdoptionOutcome,
  AdoptionTotals,
  DaysMoved,
  EpisodeAdoption,
} from './adoption.ts';
import { changesNothing } from './adoption-difference.ts';

/** Sums up what an adoption does to a cohort. */
export function adoptionTotals(episodes: readonly EpisodeAdoption[]): AdoptionTotals {
  const outcomes: Record<AdoptionOutcome, number> = {
    adopted: 0,
    conflict: 0,
    ended: 0,
    erased: 0,
  };
  for (const { outcome } of episodes) outcomes[outcome] += 1;
  const differences = episodes.flatMap(({ outcome, difference }) =>
    outcome === 'adopted' && difference !== null ? [difference] : [],
  );
  const moved = differences.flatMap(({ moved }) => moved.map(({ days }) => days));
  const all = (count: (difference: AdoptionDifference) => number) =>
    differences.reduce((sum, difference) => sum + count(difference), 0);
  return {
    episodes: outcomes,
    samePlan: differences.filter(changesNothing).length,
    examsNoLongerCount: all(({ noLongerCount }) => noLongerCount.length),
    examsCountNow: all(({ countNow }) => countNow.length),
    visitsReopened: all(({ reopened }) => reopened.length),
    visitsSettled: all(({ settled }) => settled.length),
    visitsMoved: moved.length,
    daysMoved: daysMoved(moved),
    visitsAdded: all(({ added }) => added.length),
    visitsCancelled: all(({ cancelled }) => cancelled.length),
    escalationsRaised: all(({ raised }) => raised.length),
    escalationsDropped: all(({ dropped }) => dropped.length),
    tierChanges: all(({ tier }) => (tier === null ? 0 : 1)),
    categoryChanges: all(({ category }) => (category === null ? 0 : 1)),
    overdueEpisodes: all(({ overdue }) => (overdue.length === 0 ? 0 : 1)),
  };
}

/** The least, the middle (of two the mean) and the most; null for none. */
export function daysMoved(days: readonly number[]): DaysMoved | null {
  const sorted = days.toSorted((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) return null;
  const half = Math.floor(sorted.length / 2);
  const middle = sorted.slice(sorted.length % 2 === 1 ? half : half - 1, half + 1);
  const median = middle.reduce((sum, day) => sum + day, 0) / middle.length;
  return { min, median, max };
}
