import { z } from 'zod';
import { failure, type Outcome, type Problem, success } from '../../domain/problem.ts';
import { problemsOf } from '../../domain/schema.ts';
import { parseJson } from '../../service/case/parse-json.ts';
import type { Answer } from '../answer.ts';
import type { OpenCall } from '../call.ts';
import { refuse } from '../refuse.ts';

/** What was sent as a schema reads it, or the refusal. */
export type ReadRequest<T> =
  | { readonly ok: true; readonly value: T; readonly document: unknown }
  | { readonly ok: false; readonly refusal: Answer };

/** Reads the query of a request; a parameter that is not known is refused, as it may be a misspelt one. */
export function readQuery<S extends z.ZodObject>(
  call: OpenCall,
  schema: S,
): ReadRequest<z.output<S>> {
  const document = queryDocument(call.url.searchParams, schema);
  const parsed = schema.safeParse(document);
  if (parsed.success) return { ok: true, value: parsed.data, document };
  const problems = problemsOf(parsed.error, document);
  return { ok: false, refusal: refuse(call, 'api', 400, problems) };
}

/** A parameter that may be there several times is a list; numbers and yes or no are told by the schema. */
function queryDocument(query: URLSearchParams, { shape }: z.ZodObject): Record<string, unknown> {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(
    names.map((name) => [
      name,
      typed(Object.hasOwn(shape, name) ? shape[name] : undefined, query.getAll(name)),
    ]),
  );
}

function typed(schema: unknown, texts: readonly string[]): unknown {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  const [text, ...more] = texts;
  if (inner instanceof z.ZodArray || more.length > 0) return texts;
  if (inner instanceof z.ZodNumber && /^\d{1,9}$/.test(text ?? '')) return Number(text);
  if (inner instanceof z.ZodBoolean && (text === 'true' || text === 'false')) {
    return text === 'true';
  }
  return text;
}

/** Reads the body of a request: what is no JSON is a 400, what is not what is asked for a 422. */
export function readJson<S extends z.ZodType>(call: OpenCall, schema: S): ReadRequest<z.output<S>> {
  const parsed = parseJson(call.body);
  if (!parsed.ok) return { ok: false, refusal: refuse(call, 'api', 400, parsed.problems) };
  const read = fitting(schema, parsed.value);
  if (read.ok) return { ok: true, value: read.value, document: parsed.value };
  return { ok: false, refusal: refuse(call, 'api', 422, read.problems) };
}

function fitting<S extends z.ZodType>(schema: S, document: unknown): Outcome<z.output<S>> {
  const parsed = schema.safeParse(document);
  return parsed.success ? success(parsed.data) : failure(...firstProblems(parsed.error, document));
}

/** So many faults of a document are told; whoever mends them gets to know the others. */
const MOST_TOLD = 100;

/** Looking at each of a hundred thousand would take the time of everybody else. */
function firstProblems({ issues }: z.ZodError, document: unknown): readonly Problem[] {
  const first = issues
    .slice(0, MOST_TOLD)
    .map((issue) =>
      issue.code === 'unrecognized_keys'
        ? { ...issue, keys: issue.keys.slice(0, MOST_TOLD) }
        : issue,
    );
  return problemsOf(new z.ZodError(first), document).slice(0, MOST_TOLD);
}
