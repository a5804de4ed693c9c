import type { EpisodeReview } from '../../service/episode/review-episode.ts';
import type { ClinicCall } from '../call.ts';
import { episodePath } from '../paths.ts';

/** What every part of an episode's page is told. */
export interface EpisodeView {
  readonly call: ClinicCall;
  readonly review: EpisodeReview;
}

/** The address of the episode's page, and of those below it. */
export function pathOf({ call, review }: EpisodeView, ...parts: readonly string[]): string {
  return episodePath(call.clinic, review.id, ...parts);
}

/** Whether the page shows the episode as it stands today: only then can anything be recorded on it. */
export function isToday({ review }: EpisodeView): boolean {
  return review.asOf === review.today;
}
