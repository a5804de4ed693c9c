import type { Day } from './civil-date.ts';

/** When a visit may be done: three civil days, all inclusive, earliest ≤ target ≤ latest. */
export interface Window {
  readonly earliest: Day;
  readonly target: Day;
  readonly latest: Day;
}

/** The same in whole months from an anchor, so that every day is counted from it in one step. */
export interface OffsetWindow {
  readonly earliest: number;
  readonly target: number;
  readonly latest: number;
}
