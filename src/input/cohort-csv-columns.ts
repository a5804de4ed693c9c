import { didYouMean } from '../domain/did-you-mean.ts';
import { failure, type Outcome, type Problem, showFound, success } from '../domain/problem.ts';
import { csvCells } from './cohort-csv-records.ts';
import { SIMPLE_FIELDS, type SimpleCase } from './simple-case.ts';

/** A column of a cohort file: a field of the short form. */
export type CohortField = keyof SimpleCase;

/** The columns of a cohort file, in their order in `SIMPLE_FIELDS`. */
export const COHORT_FIELDS = Object.keys(SIMPLE_FIELDS) as readonly CohortField[];

/** What an episode that is kept must have: its own name, its date, its side. */
export const NEEDED_FIELDS: readonly CohortField[] = ['id', 'ablatedOn', 'laterality'];

/** Where the fields stand in each record; null: a column without a name, which must stay empty. */
export interface CohortColumns {
  readonly separator: string;
  readonly fields: readonly (CohortField | null)[];
}

const SEPARATORS = [',', ';', '\t'];

/** `Ablated on`, `ablated_on` and `ABLATEDON` are one name. */
function bare(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/gu, '');
}

const FIELD_OF_NAME = new Map(COHORT_FIELDS.map((field) => [bare(field), field]));

/** Reads the line with the names of the columns. The separator is the one that gives most of them. */
export function readColumns(header: string): Outcome<CohortColumns> {
  const [first = { separator: ',', names: [] }, ...others] = SEPARATORS.map((separator) => {
    const record = csvCells(header, separator);
    const names = record !== 'unfinished' && 'cells' in record ? record.cells : [header];
    return { separator, names: names.map((name) => name.trim()) };
  });
  const { separator, names } = others.reduce(
    (best, next) => (rankOf(next.names) > rankOf(best.names) ? next : best),
    first,
  );
  const fields = names.map((name) => FIELD_OF_NAME.get(bare(name)) ?? null);
  const problems = [
    ...names.flatMap((name, index) => (name === '' ? [] : nameProblems(name, index, fields))),
    ...NEEDED_FIELDS.filter((field) => !fields.includes(field)).map(missingColumn),
  ];
  return problems.length === 0 ? success({ separator, fields }) : failure(...problems);
}

/** Known names decide; where there are none, the number of cells. */
function rankOf(names: readonly string[]): number {
  return names.filter((name) => FIELD_OF_NAME.has(bare(name))).length * 1000 + names.length;
}

function nameProblems(
  name: string,
  index: number,
  fields: readonly (CohortField | null)[],
): Problem[] {
  const field = fields[index];
  if (field === null || field === undefined) return [unknownColumn(name)];
  const before = fields.indexOf(field);
  if (before === index) return [];
  return [
    {
      path: field,
      message: `columns ${before + 1} and ${index + 1} are both ${field}`,
      found: showFound(name),
      allowed: 'each column once',
      mend: 'take one of them away',
    },
  ];
}

function unknownColumn(name: string): Problem {
  const meant = didYouMean(bare(name), COHORT_FIELDS);
  return {
    path: '',
    message: 'this column is not known',
    found: showFound(name),
    allowed: COHORT_FIELDS.join(', '),
    mend: meant === undefined ? 'take it away' : `did you mean ${meant}?`,
  };
}

function missingColumn(field: CohortField): Problem {
  return {
    path: field,
    message: 'this column is missing',
    found: 'nothing',
    allowed: `at least the columns ${NEEDED_FIELDS.join(', ')}`,
    mend: 'the first line names the columns',
  };
}
