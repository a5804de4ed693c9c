import type { Problem } from './problem.ts';

/** How files begin that people take for text, one character a byte. */
const KINDS: readonly (readonly [beginning: string, kind: string])[] = [
  ['PK\u0003\u0004', 'a spreadsheet or another archive (.xlsx, .ods, .zip)'],
  ['\u00D0\u00CF\u0011\u00E0', 'a spreadsheet of an older program (.xls)'],
  ['\u00FF\u00FE', 'text in UTF-16'],
  ['\u00FE\u00FF', 'text in UTF-16'],
  ['%PDF', 'a PDF'],
];

/** Why a file that begins like this holds no lines of UTF-8 text; undefined where its kind is not known. */
export function fileKindProblem(beginning: string): Problem | undefined {
  const kind = KINDS.find(([bytes]) => beginning.startsWith(bytes))?.[1];
  if (kind === undefined) return undefined;
  return {
    path: '',
    message: `this is ${kind}, not UTF-8 text`,
    allowed: 'CSV or JSON in UTF-8',
    mend: 'save it as CSV UTF-8 where it was made',
  };
}
