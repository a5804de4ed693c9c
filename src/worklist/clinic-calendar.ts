import { z } from 'zod';
import { type Day, dayFromCivil, formatDay } from '../domain/civil-date.ts';
import { failure, type Outcome, type Problem, success } from '../domain/problem.ts';
import { daySchema, problemsOf, strict } from '../domain/schema.ts';
import { closedDaysIn } from './closed-days.ts';
import { type ClosureRule, parseClosureRule } from './closure-rule.ts';

const FIRST_DAY = dayFromCivil(1990, 1, 1);
const LAST_DAY = dayFromCivil(2199, 12, 31);

const name = z.string().min(1).max(200).optional();
const day = daySchema.refine((value) => value >= FIRST_DAY && value <= LAST_DAY, {
  error: 'this day is not plausible',
  params: { allowed: `${formatDay(FIRST_DAY)} to ${formatDay(LAST_DAY)}` },
});

const calendarSchema = strict({
  clinic: z.string().min(1).max(200),
  closed: z
    .array(
      strict({
        /** A rule of RFC 5545 that names its days. */
        rule: z.string().min(1).max(500).optional(),
        /** First day of the rule; what INTERVAL and COUNT are counted from. */
        from: day.optional(),
        /** A single day. */
        date: day.optional(),
        name,
      }),
    )
    .max(1000),
});

type Entry = z.output<typeof calendarSchema>['closed'][number];

/** On which days a clinic is closed. calendar.md, "One event a visit". */
export interface ClinicCalendar {
  readonly clinic: string;
  isClosed(day: Day): boolean;
  /** The names of what closes it on that day; a closure without a name has its rule or date. */
  closures(day: Day): readonly string[];
}

/** Reads a clinic's calendar, or names every fault with its path. */
export function loadClinicCalendar(document: unknown): Outcome<ClinicCalendar> {
  const parsed = calendarSchema.safeParse(document);
  if (!parsed.success) return failure(...problemsOf(parsed.error, document));
  const problems: Problem[] = [];
  const rules: NamedRule[] = [];
  const dates = new Map<Day, string[]>();
  parsed.data.closed.forEach((entry, index) => {
    const path = `closed[${index}]`;
    const { rule, date } = entry;
    if ((rule === undefined) === (date === undefined)) {
      problems.push({ path, message: 'an entry has either a rule or a date' });
    } else if (date !== undefined) {
      if (entry.from !== undefined) problems.push(fromBesideDate(path));
      dates.set(date, [...(dates.get(date) ?? []), entry.name ?? formatDay(date)]);
    } else if (rule !== undefined) {
      const read = namedRule(entry, rule, path);
      if (read.ok) rules.push(read.value);
      else problems.push(...read.problems);
    }
  });
  return problems.length > 0
    ? failure(...problems)
    : success(new RuledCalendar(parsed.data.clinic, rules, dates));
}

interface NamedRule {
  readonly name: string;
  readonly rule: ClosureRule;
  readonly from: Day | null;
}

function namedRule(entry: Entry, text: string, path: string): Outcome<NamedRule> {
  const parsed = parseClosureRule(text);
  if (!parsed.ok) {
    return failure(...parsed.problems.map((problem) => ({ ...problem, path: `${path}.rule` })));
  }
  const rule = parsed.value;
  const from = entry.from ?? null;
  if (from === null && (rule.interval > 1 || rule.count !== null)) {
    return failure({
      path: `${path}.from`,
      message: 'INTERVAL and COUNT need a day to be counted from',
      found: 'nothing',
      allowed: 'YYYY-MM-DD, the first day of the rule',
    });
  }
  if (from !== null && rule.until !== null && rule.until < from) {
    return failure({
      path: `${path}.rule`,
      message: 'the rule ends before it begins',
      found: formatDay(rule.until),
      allowed: `${formatDay(from)} or later`,
    });
  }
  return success({ name: entry.name ?? text, rule, from });
}

function fromBesideDate(path: string): Problem {
  return {
    path: `${path}.from`,
    message: 'a single date has no first day',
    mend: 'leave out "from", or give a rule',
  };
}

/** Works the days out a year at a time, once. */
class RuledCalendar implements ClinicCalendar {
  readonly clinic: string;
  readonly #rules: readonly NamedRule[];
  readonly #dates: ReadonlyMap<Day, readonly string[]>;
  readonly #years = new Map<number, ReadonlyMap<Day, readonly string[]>>();

  constructor(
    clinic: string,
    rules: readonly NamedRule[],
    dates: ReadonlyMap<Day, readonly string[]>,
  ) {
    this.clinic = clinic;
    this.#rules = rules;
    this.#dates = dates;
  }

  isClosed(day: Day): boolean {
    return this.#dates.has(day) || this.#closedIn(day).has(day);
  }

  closures(day: Day): readonly string[] {
    return [...(this.#closedIn(day).get(day) ?? []), ...(this.#dates.get(day) ?? [])];
  }

  #closedIn(day: Day): ReadonlyMap<Day, readonly string[]> {
    const year = Number(formatDay(day).slice(0, 4));
    const known = this.#years.get(year);
    if (known !== undefined) return known;
    const closed = new Map<Day, string[]>();
    for (const { name, rule, from } of this.#rules) {
      for (const date of closedDaysIn(year, rule, from)) {
        const names = closed.get(date);
        if (names === undefined) closed.set(date, [name]);
        else names.push(name);
      }
    }
    this.#years.set(year, closed);
    return closed;
  }
}
