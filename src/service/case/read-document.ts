import type { CaseFile } from '../../domain/case-file.ts';
import type { Outcome } from '../../domain/problem.ts';
import { parseCase } from '../../input/parse-case.ts';
import { parseSimpleCase } from '../../input/simple-case.ts';

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads what a user hands over as a case: a case file, a line that holds one under `case`
 * (the conformance corpus), or the short form with `ablatedOn`.
 */
export function readDocument(document: unknown): Outcome<CaseFile> {
  if (!isObject(document)) return parseCase(document);
  if ('episode' in document) return parseCase(document);
  if ('case' in document) return parseCase(document.case);
  return 'ablatedOn' in document ? parseSimpleCase(document) : parseCase(document);
}
