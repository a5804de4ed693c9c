import type { CaseFile } from '../../domain/case-file.ts';
import { type Day, formatDay } from '../../domain/civil-date.ts';
import type { Problem } from '../../domain/problem.ts';

/** Facts that are dated after today: what has not happened cannot be recorded. */
export function futureProblems({ episode, events }: CaseFile, today: Day): Problem[] {
  const dated = [
    { path: 'episode.ablation.date', what: 'the ablation', day: episode.ablation.date },
    ...events.flatMap((event, index) => [
      { path: `events[${index}].date`, what: `the ${event.type}`, day: event.date },
      ...(event.type === 'pathology' && event.specimenDate !== undefined
        ? [
            {
              path: `events[${index}].specimenDate`,
              what: 'the day on which the tissue was taken',
              day: event.specimenDate,
            },
          ]
        : []),
    ]),
  ];
  return dated
    .filter(({ day }) => day > today)
    .map(({ path, what, day }) => ({
      path,
      message: `${what} lies in the future`,
      found: formatDay(day),
      allowed: `${formatDay(today)} or earlier: the day on which it happened`,
    }));
}
