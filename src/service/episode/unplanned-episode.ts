import type { Problem } from '../../domain/problem.ts';

/** An episode that could not be planned: it is missing on a list, and somebody must know. */
export interface UnplannedEpisode {
  readonly clinic: string;
  readonly episode: string;
  readonly problems: readonly Problem[];
}
