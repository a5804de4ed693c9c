import { formatDay, parseDay } from '../../domain/civil-date.ts';
import { MODALITIES } from '../../domain/modality.ts';
import { type Problem, showFound } from '../../domain/problem.ts';
import { RISK_TIERS } from '../../domain/risk-tier.ts';
import { BUCKET_NAMES, type RowFilter } from '../../service/night/read-worklist.ts';
import { USUAL_SOON_DAYS } from '../../service/night/warm-worklists.ts';
import { Fields } from '../fields.ts';

/** What the address of a worklist asks for. */
export interface AskedWorklist {
  readonly filter: RowFilter;
  readonly search: string | undefined;
  readonly soonDays: number;
  readonly page: number;
  /** What could not be read; `path` is the name in the address. The rest holds. */
  readonly problems: readonly Problem[];
}

/** How many days ahead is "soon" where nobody says otherwise. */
const MOST_SOON_DAYS = 366;
const MOST_PAGES = 100_000;

/** The names of filters in the address, in the order in which links have them. */
export const FILTER_NAMES = [
  'bucket',
  'tier',
  'modality',
  'from',
  'to',
  'code',
  'q',
  'soon',
  'all',
] as const;

/** Reads the filters of an address. What cannot be read is a problem, and filters nothing. */
export function askedWorklist(query: Fields): AskedWorklist {
  const problems: Problem[] = [];
  const tell = (problem: Problem) => void problems.push(problem);
  const from = dayOf(query, 'from', tell);
  const to = dayOf(query, 'to', tell);
  const backwards = from !== undefined && to !== undefined && to < from;
  if (backwards) {
    const allowed = `${from} or later`;
    tell({ path: 'to', message: 'the last day lies before the first', found: to, allowed });
  }
  const code = query.optional('code');
  const search = query.optional('q');
  const chosen = choicesOf(query, 'bucket', BUCKET_NAMES, tell);
  const everything = code !== undefined || search !== undefined || isTicked(query, 'all', tell);
  const filter: RowFilter = {
    buckets: chosen ?? (everything ? BUCKET_NAMES : undefined),
    tiers: choicesOf(query, 'tier', RISK_TIERS, tell),
    modalities: choicesOf(query, 'modality', MODALITIES, tell),
    from: backwards ? undefined : from,
    to: backwards ? undefined : to,
    code,
  };
  const soonDays =
    wholeOf(query, 'soon', { least: 0, most: MOST_SOON_DAYS }, tell) ?? USUAL_SOON_DAYS;
  const page = wholeOf(query, 'page', { least: 1, most: MOST_PAGES }, tell) ?? 1;
  for (const [name] of query.entries()) {
    if (!KNOWN.has(name)) tell(unknownFilter(name));
  }
  return { filter, search, soonDays, page, problems };
}

/** The filters alone, without the page, what is open in it and what is empty: for links and saved views. */
export function filtersOf(query: Fields): Fields {
  const kept = new URLSearchParams();
  for (const name of FILTER_NAMES) {
    for (const value of query.all(name)) kept.append(name, value);
  }
  return new Fields(kept);
}

/** The open row of an address, and what was done just now: none of it outlasts the next click. */
const PASSING = ['open', 'item', 'act', 'done', 'for'];

/** The same address with every row shut, and without what was done just now. */
export function withoutOpenRow(query: Fields): Fields {
  return query.with(Object.fromEntries(PASSING.map((name) => [name, undefined])));
}

/** Names that an address may have. */
const KNOWN: ReadonlySet<string> = new Set([...FILTER_NAMES, 'page', ...PASSING]);

type Tell = (problem: Problem) => void;

function unknownFilter(name: string): Problem {
  return {
    path: '',
    message: 'the worklist has no such filter',
    found: showFound(name),
    allowed: FILTER_NAMES.join(', '),
  };
}

function dayOf(query: Fields, name: string, tell: Tell): string | undefined {
  const text = query.optional(name);
  if (text === undefined) return undefined;
  const day = parseDay(text);
  if (day !== undefined) return formatDay(day);
  const allowed = 'a day of the calendar as YYYY-MM-DD, 2026-01-15 say';
  tell({ path: name, message: 'this is not a date', found: showFound(text), allowed });
  return undefined;
}

/** The values that are known, if any; a value that is none filters nothing. */
function choicesOf<T extends string>(
  query: Fields,
  name: string,
  known: readonly T[],
  tell: Tell,
): readonly T[] | undefined {
  const given = query.all(name);
  for (const value of given) {
    if (known.some((each) => each === value)) continue;
    const allowed = known.join(', ');
    tell({ path: name, message: 'there is no such choice', found: showFound(value), allowed });
  }
  const chosen = known.filter((each) => given.includes(each));
  return chosen.length === 0 ? undefined : chosen;
}

function isTicked(query: Fields, name: string, tell: Tell): boolean {
  const text = query.optional(name);
  if (text !== undefined && text !== '1') {
    tell({ path: name, message: 'there is no such choice', found: showFound(text), allowed: '1' });
  }
  return text === '1';
}

function wholeOf(
  query: Fields,
  name: string,
  { least, most }: { readonly least: number; readonly most: number },
  tell: Tell,
): number | undefined {
  const text = query.optional(name);
  if (text === undefined) return undefined;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  const allowed = `a whole number from ${least} to ${most}`;
  tell({ path: name, message: 'this is not a number that fits', found: showFound(text), allowed });
  return undefined;
}
