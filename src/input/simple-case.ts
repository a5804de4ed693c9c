import { z } from 'zod';
import type { CaseFile } from '../domain/case-file.ts';
import { failure, type Outcome, type Problem, success } from '../domain/problem.ts';
import { problemsOf, strict } from '../domain/schema.ts';
import { episodeSchema } from './episode-schema.ts';

/** The short form of a case: an ablation date, a category, and the facts that the tier needs. */
export interface SimpleCase {
  /** Date of the first ablation, `YYYY-MM-DD`. */
  readonly ablatedOn: string;
  /** BI-RADS category to plan with until an exam gives one. */
  readonly biRads?: string | undefined;
  readonly laterality?: string | undefined;
  readonly id?: string | undefined;
  readonly patientRef?: string | undefined;
  readonly tumorSizeMm?: number | undefined;
  readonly focality?: string | undefined;
  readonly histology?: string | undefined;
  readonly grade?: number | undefined;
  readonly er?: string | undefined;
  readonly pr?: string | undefined;
  readonly her2?: string | undefined;
  readonly ki67Percent?: number | undefined;
  readonly extensiveIntraductalComponent?: boolean | undefined;
  readonly lymphovascularInvasion?: boolean | undefined;
  readonly nodalStatus?: string | undefined;
  readonly minimumMarginMm?: number | undefined;
  readonly freezeThawCycles?: number | undefined;
  readonly endocrineTherapy?: string | undefined;
  readonly intent?: string | undefined;
}

/** Where each field of the short form stands in a case file's `episode`. */
export const SIMPLE_FIELDS: Readonly<Record<keyof SimpleCase, readonly string[]>> = {
  ablatedOn: ['ablation', 'date'],
  biRads: ['assumedBiRads'],
  laterality: ['laterality'],
  id: ['id'],
  patientRef: ['patientRef'],
  tumorSizeMm: ['tumor', 'sizeMm'],
  focality: ['tumor', 'focality'],
  histology: ['tumor', 'histology'],
  grade: ['tumor', 'grade'],
  er: ['tumor', 'er'],
  pr: ['tumor', 'pr'],
  her2: ['tumor', 'her2'],
  ki67Percent: ['tumor', 'ki67Percent'],
  extensiveIntraductalComponent: ['tumor', 'extensiveIntraductalComponent'],
  lymphovascularInvasion: ['tumor', 'lymphovascularInvasion'],
  nodalStatus: ['tumor', 'nodalStatus'],
  minimumMarginMm: ['ablation', 'minimumMarginMm'],
  freezeThawCycles: ['ablation', 'freezeThawCycles'],
  endocrineTherapy: ['endocrineTherapy'],
  intent: ['intent'],
};

/** An id for a case that was given none: the same flags name the same episode. */
function idFromFacts({ ablatedOn, laterality }: Partial<SimpleCase>): string {
  return ['EP', ablatedOn, laterality].filter((part) => part !== undefined).join('-');
}

const anyFields = strict(
  Object.fromEntries(Object.keys(SIMPLE_FIELDS).map((field) => [field, z.unknown().optional()])),
);

const episodeWithoutSide = episodeSchema.partial({ laterality: true });

/** Reads the short form; problems name its own fields. */
export function parseSimpleCase(simple: object): Outcome<CaseFile> {
  const unknown = anyFields.safeParse(simple);
  if (!unknown.success) return failure(...problemsOf(unknown.error, simple));
  const document: Record<string, unknown> = { id: idFromFacts(simple), ablation: {} };
  for (const [field, path] of Object.entries(SIMPLE_FIELDS)) {
    const value = (simple as Readonly<Record<string, unknown>>)[field];
    if (value !== undefined) place(document, path, value);
  }
  const parsed = episodeWithoutSide.safeParse(document);
  return parsed.success
    ? success({ episode: parsed.data, events: [] })
    : failure(...problemsOf(parsed.error, document).map(renamed));
}

/** The `episode` of a case file with fields of the short form put in their places; what is given is not changed. */
export function withSimpleFields(episode: object, fields: object): object {
  const document: Record<string, unknown> = { ...episode };
  for (const [field, value] of Object.entries(fields)) {
    const path = Object.hasOwn(SIMPLE_FIELDS, field)
      ? SIMPLE_FIELDS[field as keyof SimpleCase]
      : [field];
    if (value !== undefined) place(document, path, value);
  }
  return document;
}

function place(document: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [first, second] = path;
  if (first === undefined) return;
  if (second === undefined) document[first] = value;
  else document[first] = { ...(document[first] as object | undefined), [second]: value };
}

function renamed(problem: Problem): Problem {
  const field = Object.entries(SIMPLE_FIELDS).find(([, path]) => path.join('.') === problem.path);
  return field === undefined ? problem : { ...problem, path: field[0] };
}
