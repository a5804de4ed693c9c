import type { CaseFile } from '../../domain/case-file.ts';
import type { Day } from '../../domain/civil-date.ts';
import { failure, type Outcome, type Problem, success } from '../../domain/problem.ts';
import { readDocument } from '../case/read-document.ts';
import { futureProblems } from './future-facts.ts';

/** An episode that may be kept. */
export interface ReadRegistration {
  readonly caseFile: CaseFile;
  /** Whether it is the short form: what that cannot say or leaves unsaid is not denied by it. */
  readonly short: boolean;
}

/**
 * Reads an episode that is to be kept: beyond a case that is only planned it needs its own id, its
 * side, and dates that are not ahead. Problems of the short form name its own fields.
 */
export function readRegistration(document: unknown, today: Day): Outcome<ReadRegistration> {
  const short = isShort(document);
  if (short && !('id' in document && document.id !== undefined)) return failure(NO_ID);
  const read = readDocument(document);
  if (!read.ok) return read;
  const caseFile = read.value;
  const problems = [...sideProblems(caseFile), ...futureProblems(caseFile, today)];
  return problems.length === 0
    ? success({ caseFile, short })
    : failure(...problems.map((problem) => (short ? inShortForm(problem) : problem)));
}

function isShort(document: unknown): document is object {
  return (
    typeof document === 'object' &&
    document !== null &&
    'ablatedOn' in document &&
    !('episode' in document) &&
    !('case' in document)
  );
}

const NO_ID: Problem = {
  path: 'id',
  message: 'an episode that is kept needs its id',
  found: 'nothing',
  allowed: 'the clinic’s own name for the episode, another for each',
};

function sideProblems({ episode }: CaseFile): Problem[] {
  if (episode.laterality !== undefined) return [];
  return [
    {
      path: 'episode.laterality',
      message: 'an episode that is kept needs its side',
      found: 'nothing',
      allowed: 'left or right',
    },
  ];
}

const SHORT_NAMES: Readonly<Record<string, string>> = {
  'episode.id': 'id',
  'episode.laterality': 'laterality',
  'episode.ablation.date': 'ablatedOn',
};

/** A problem with a fact of an episode under the name that the short form has for it. */
export function inShortForm(problem: Problem): Problem {
  return { ...problem, path: SHORT_NAMES[problem.path] ?? problem.path };
}
