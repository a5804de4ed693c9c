import type { CaseFile } from '../domain/case-file.ts';
import { type Day, formatDay } from '../domain/civil-date.ts';
import type { Problem } from '../domain/problem.ts';

/** Facts that are dated after today: what has not happened cannot be recorded. */
export function futureProblems({ episode, events }: CaseFile, today: Day): Problem[] {
  const problems: Problem[] = [];
  if (episode.ablation.date > today) {
    problems.push(inFuture('episode.ablation.date', 'the ablation', episode.ablation.date, today));
  }
  events.forEach(({ type, date }, index) => {
    if (date > today) problems.push(inFuture(`events[${index}].date`, `the ${type}`, date, today));
  });
  return problems;
}

function inFuture(path: string, what: string, date: Day, today: Day): Problem {
  return {
    path,
    message: `${what} lies in the future`,
    found: formatDay(date),
    allowed: `${formatDay(today)} or earlier: the day on which it happened`,
  };
}
