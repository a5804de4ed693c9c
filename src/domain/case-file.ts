import type { Day } from './civil-date.ts';
import type { Episode } from './episode.ts';
import type { CaseEvent } from './event.ts';

/** Everything that is known about one episode: what the engine plans from. schedule.md, "Input". */
export interface CaseFile {
  /** The day for which to plan; absent: the run's day. */
  readonly asOf?: Day | undefined;
  readonly episode: Episode;
  readonly events: readonly CaseEvent[];
}
