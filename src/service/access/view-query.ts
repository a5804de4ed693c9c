import { parseDay } from '../../domain/civil-date.ts';
import { MODALITIES } from '../../domain/modality.ts';
import { type Problem, showFound } from '../../domain/problem.ts';
import { RISK_TIERS } from '../../domain/risk-tier.ts';
import { BUCKET_NAMES } from '../../plan/worklist-buckets.ts';
import { VIEW_QUERY_MAX } from '../../store/saved-view.ts';
import { fail, type ServiceOutcome, succeed } from '../service-outcome.ts';

/** What a filter may be. */
interface FilterKey {
  readonly allowed: string;
  readonly accepts: (value: string) => boolean;
}

const MOST_SOON_DAYS = 366;

function oneOf(words: readonly string[]): FilterKey {
  return { allowed: words.join(', '), accepts: (value) => words.includes(value) };
}

const DATE: FilterKey = {
  allowed: 'a day, YYYY-MM-DD',
  accepts: (value) => parseDay(value) !== undefined,
};

/**
 * The filters of the worklist's address that a view may keep, in the order in which it keeps them. A code
 * or a reference of one patient is none of them: an erasure does not look into views.
 */
const FILTER_KEYS: ReadonlyMap<string, FilterKey> = new Map([
  ['bucket', oneOf(BUCKET_NAMES)],
  ['tier', oneOf(RISK_TIERS)],
  ['modality', oneOf(MODALITIES)],
  ['from', DATE],
  ['to', DATE],
  [
    'soon',
    {
      allowed: `whole days from 0 to ${MOST_SOON_DAYS}`,
      accepts: (value) => /^\d{1,3}$/.test(value) && Number(value) <= MOST_SOON_DAYS,
    },
  ],
  ['all', oneOf(['1'])],
]);

/**
 * The query of a view in its kept form: the filters in a fixed order, each value once, without those that
 * are empty, as a form sends them.
 */
export function checkViewQuery(query: string): ServiceOutcome<string> {
  if (query.length > VIEW_QUERY_MAX) {
    const found = `${query.length} characters`;
    const allowed = `at most ${VIEW_QUERY_MAX} characters`;
    return fail('invalid', { path: 'query', message: 'the filters are too long', found, allowed });
  }
  const given = [...new URLSearchParams(query)].filter(([, value]) => value !== '');
  const problems = given.flatMap(([key, value]) => filterProblem(key, value) ?? []);
  if (problems.length > 0) return fail('invalid', ...problems);
  const kept = new URLSearchParams();
  for (const key of FILTER_KEYS.keys()) {
    const values = given.filter(([other]) => other === key).map(([, value]) => value);
    for (const value of new Set(values)) kept.append(key, value);
  }
  return succeed(kept.toString());
}

function filterProblem(key: string, value: string): Problem | undefined {
  const known = FILTER_KEYS.get(key);
  if (known === undefined) {
    return {
      path: 'query',
      message: 'a view does not keep this filter',
      found: showFound(key),
      allowed: [...FILTER_KEYS.keys()].join(', '),
    };
  }
  if (known.accepts(value)) return undefined;
  const { allowed } = known;
  return {
    path: `query.${key}`,
    message: 'this filter cannot be that',
    found: showFound(value),
    allowed,
  };
}
