import { csvCell, csvRecord } from '../../export/sanitize.ts';
import type {
  AdoptionDifference,
  DaysMoved,
  EpisodeAdoption,
  ExamRead,
  FromTo,
  VisitTurn,
} from './adoption.ts';
import { daysMoved } from './adoption-totals.ts';

const COLUMNS: Readonly<Record<string, (episode: EpisodeAdoption) => string | number>> = {
  episode: ({ episode }) => episode,
  from: ({ from }) => from.id,
  from_version: ({ from }) => from.version,
  outcome: ({ outcome }) => outcome,
  visits_moved: ({ difference }) => difference?.moved.length ?? '',
  days_min: ({ difference }) => daysOf(difference)?.min ?? '',
  days_median: ({ difference }) => daysOf(difference)?.median ?? '',
  days_max: ({ difference }) => daysOf(difference)?.max ?? '',
  visits_added: ({ difference }) => (difference?.added ?? []).join(' '),
  visits_cancelled: ({ difference }) => (difference?.cancelled ?? []).join(' '),
  escalations_raised: ({ difference }) => (difference?.raised ?? []).join(' '),
  escalations_dropped: ({ difference }) => (difference?.dropped ?? []).join(' '),
  tier: ({ difference }) => arrow(difference?.tier),
  category: ({ difference }) => arrow(difference?.category),
  overdue_at_once: ({ difference }) => (difference?.overdue ?? []).join(' '),
  exams_no_longer_count: ({ difference }) => examsOf(difference?.noLongerCount),
  exams_count_now: ({ difference }) => examsOf(difference?.countNow),
  visits_reopened: ({ difference }) => keysOf(difference?.reopened),
  visits_settled: ({ difference }) => keysOf(difference?.settled),
};

function examsOf(exams: readonly ExamRead[] = []): string {
  return exams.map(({ exam }) => exam).join(' ');
}

function keysOf(turns: readonly VisitTurn[] = []): string {
  return turns.map(({ key }) => key).join(' ');
}

function arrow(change: FromTo | null | undefined): string {
  return change === null || change === undefined ? '' : `${change.from} > ${change.to}`;
}

function daysOf(difference: AdoptionDifference | null): DaysMoved | null {
  return daysMoved((difference?.moved ?? []).map(({ days }) => days));
}

/** A negative number is no formula. */
function cellOf(value: string | number): string {
  return typeof value === 'number' ? String(value) : csvCell(value);
}

/** One record an episode under the names of the columns. Lists are joined with a space. RFC 4180. */
export function adoptionCsv(episodes: readonly EpisodeAdoption[]): string {
  return [
    csvRecord(Object.keys(COLUMNS)),
    ...episodes.map(
      (episode) =>
        `${Object.values(COLUMNS)
          .map((tell) => cellOf(tell(episode)))
          .join(',')}\r\n`,
    ),
  ].join('');
}
