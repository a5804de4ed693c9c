import type { EpisodeAdoption } from './adoption.ts';

/** Whether nobody can compare it: its earlier plan cannot be read, so anything may be in the new one. */
export function isUnreadable({ outcome, difference }: EpisodeAdoption): boolean {
  return outcome === 'adopted' && difference === null;
}

/**
 * The order in which somebody must look at what an adoption does: first what nobody can compare, then what
 * is overdue at once, visits that are open again, and exams that no longer count.
 */
export function byUrgency(a: EpisodeAdoption, b: EpisodeAdoption): number {
  return urgencyOf(b) - urgencyOf(a);
}

function urgencyOf(episode: EpisodeAdoption): number {
  if (isUnreadable(episode)) return 4;
  const { overdue = [], reopened = [], noLongerCount = [] } = episode.difference ?? {};
  if (overdue.length > 0) return 3;
  if (reopened.length > 0) return 2;
  return noLongerCount.length > 0 ? 1 : 0;
}
