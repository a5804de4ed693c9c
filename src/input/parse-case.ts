import { z } from 'zod';
import type { CaseFile } from '../domain/case-file.ts';
import { failure, type Outcome, showFound, success } from '../domain/problem.ts';
import { daySchema, problemsOf, strict } from '../domain/schema.ts';
import { checkCase } from './case-checks.ts';
import { episodeSchema } from './episode-schema.ts';
import { eventSchema } from './event-schema.ts';

const caseSchema = strict({
  asOf: daySchema.optional(),
  episode: episodeSchema,
  events: z.array(eventSchema),
});

/** A case file as outside data: dates as `YYYY-MM-DD`. schedule.md, "Input". */
export type CaseDocument = DeepReadonly<z.input<typeof caseSchema>>;

type DeepReadonly<T> = T extends readonly (infer Entry)[]
  ? readonly DeepReadonly<Entry>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/**
 * Reads a case file from outside data: JSON that was parsed, or an object of the caller's. Faults
 * come back as problems with their path; the value given is never changed. schedule.md, "Input".
 */
export function parseCase(document: unknown): Outcome<CaseFile> {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return failure({
      path: '',
      message: 'this is not a case file',
      found: showFound(document),
      allowed: 'an object with "episode" and "events"',
    });
  }
  const parsed = caseSchema.safeParse(document);
  if (!parsed.success) return failure(...problemsOf(parsed.error, document));
  const problems = checkCase(parsed.data);
  return problems.length === 0 ? success(parsed.data) : failure(...problems);
}
