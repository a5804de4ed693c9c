import rrule, { type Options } from 'rrule';
import { addDays, type Day, dayFromCivil, earlierOf, laterOf } from '../domain/civil-date.ts';
import { type ClosureRule, WEEKDAYS } from './closure-rule.ts';

const DAY_MS = 86_400_000;
const { RRule } = rrule;

/**
 * The days of one year on which a rule closes the clinic, in order. `from` is the first day on which
 * it can, and what the weeks of an interval and the days of a count are counted from.
 *
 * rrule works with instants: here they are the midnights of civil days in UTC. It stops on its own
 * only in the year 9999 or when a day lies past `until`, so every search ends with its year, and
 * begins with it where nothing is counted from `from`.
 */
export function closedDaysIn(year: number, rule: ClosureRule, from: Day | null): Day[] {
  const first = dayFromCivil(year, 1, 1);
  const last = dayFromCivil(year, 12, 31);
  const until = earlierOf(rule.until ?? last, last);
  const start = startFor(rule, from, first);
  if (start > until) return [];
  return new RRule(optionsOf(rule, start, until))
    .all()
    .map((date) => (date.getTime() / DAY_MS) as Day)
    .filter((day) => day >= first);
}

/** Where to begin the search: as late as the rule's counting allows. */
function startFor({ interval, count }: ClosureRule, from: Day | null, first: Day): Day {
  if (from === null) return first;
  if (count !== null) return from;
  if (interval === 1) return laterOf(from, first);
  const round = 7 * interval;
  return addDays(from, round * Math.max(0, Math.floor((first - from) / round)));
}

function optionsOf(rule: ClosureRule, start: Day, until: Day): Partial<Options> {
  const { frequency, interval, count, months, monthDays, weekdays, weekStart } = rule;
  return {
    freq: RRule[frequency],
    interval,
    dtstart: midnight(start),
    until: midnight(until),
    wkst: RRule[weekStart],
    ...(count === null ? {} : { count }),
    ...(months.length === 0 ? {} : { bymonth: [...months] }),
    ...(monthDays.length === 0 ? {} : { bymonthday: [...monthDays] }),
    ...(weekdays.length === 0
      ? {}
      : {
          byweekday: weekdays.map(({ day, nth }) =>
            nth === null ? WEEKDAYS.indexOf(day) : RRule[day].nth(nth),
          ),
        }),
  };
}

function midnight(day: Day): Date {
  return new Date(day * DAY_MS);
}
