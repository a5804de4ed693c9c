import { z } from 'zod';
import { parseDay } from './civil-date.ts';
import { didYouMean } from './did-you-mean.ts';
import { type Problem, showFound } from './problem.ts';

/** An object without unknown keys; an unknown key is answered with the names that are allowed. */
export function strict<S extends z.ZodRawShape>(shape: S): z.ZodObject<S, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? Object.keys(shape).join(', ') : undefined,
  });
}

/** A civil date `YYYY-MM-DD` that exists, read as a day. */
export const daySchema = z.string().transform((text, context) => {
  const day = parseDay(text);
  if (day !== undefined) return day;
  context.addIssue({
    code: 'custom',
    message: /^\d{4}-\d{2}-\d{2}$/.test(text)
      ? 'this day does not exist in the calendar'
      : 'this is not a date',
    params: { allowed: 'a day of the calendar as YYYY-MM-DD, 2026-01-15 say' },
  });
  return z.NEVER;
});

/** `events[3].date` for `['events', 3, 'date']`. */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? String(step) : `${text}.${String(step)}`;
  }, '');
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined,
    document,
  );
}

function bounds(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const [edge, bound] =
    issue.code === 'too_small'
      ? [issue.inclusive === false ? 'more than' : 'at least', issue.minimum]
      : [issue.inclusive === false ? 'less than' : 'at most', issue.maximum];
  return `${edge} ${bound}${sizeWord(issue.origin, Number(bound) === 1)}`;
}

function sizeWord(origin: string, one: boolean): string {
  if (origin === 'string') return one ? ' character' : ' characters';
  if (origin === 'array') return one ? ' entry' : ' entries';
  return '';
}

function withMend(problem: Problem, meant: string | undefined): Problem {
  return meant === undefined ? problem : { ...problem, mend: `did you mean ${meant}?` };
}

function unknownKeys(issue: z.core.$ZodIssueUnrecognizedKeys, path: string): Problem[] {
  const known = issue.message.split(', ');
  return issue.keys.map((key) =>
    withMend(
      {
        path: path === '' ? key : `${path}.${key}`,
        message: 'this field is not known',
        found: showFound(key),
        allowed: issue.message,
      },
      didYouMean(key, known),
    ),
  );
}

/** A choice of one or two letters is never guessed at: 4 for 4D would be a guess at a diagnosis. */
function canBeGuessed(choice: string): boolean {
  return choice.length > 2;
}

/** zod lists choices that look like numbers first; among BI-RADS categories 4A follows 4. */
function choicesOf(issue: z.core.$ZodIssueInvalidValue): string[] {
  const choices = issue.values.map(String);
  return choices.some((choice) => /^\d+$/.test(choice)) ? choices.sort() : choices;
}

/** What is allowed where an issue stands, in words; undefined where only the message can say it. */
function allowedBy(issue: z.core.$ZodIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected;
    case 'invalid_value':
      return choicesOf(issue).join(', ');
    case 'too_small':
    case 'too_big':
      return bounds(issue);
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? issue.options.map(String).join(', ')
        : undefined;
    case 'invalid_format':
      return issue.pattern === undefined ? undefined : `text that matches ${issue.pattern}`;
    case 'custom':
      return (issue.params as { allowed?: string } | undefined)?.allowed;
    default:
      return undefined;
  }
}

const MESSAGES: Readonly<Record<string, string>> = {
  invalid_type: 'the value has the wrong type',
  invalid_value: 'the value is not allowed',
  invalid_union: 'the value is not allowed',
  too_small: 'the value is out of range',
  too_big: 'the value is out of range',
  invalid_format: 'the text has the wrong form',
};

/** Fields in which people write words, and so perhaps a name. */
const FIELDS_OF_WORDS: ReadonlySet<unknown> = new Set([
  'patientRef',
  'technique',
  'probeConfiguration',
  'device',
  'skinProtection',
  'monitoringModality',
  'location',
  'note',
  'reason',
]);

/** What was found, in a problem that may be logged: of a field of words, or of what may hold one, its size. */
function foundAt(issue: z.core.$ZodIssue, value: unknown): string {
  const found = showFound(value);
  if (typeof value === 'string') {
    const ofWords = FIELDS_OF_WORDS.has(issue.path.at(-1)) && issue.code !== 'invalid_value';
    return ofWords ? `${[...value].length} characters` : found;
  }
  if (typeof value !== 'object' || value === null || !found.includes('"')) return found;
  return Array.isArray(value) ? `a list of ${value.length}` : 'an object';
}

function problemsOfIssue(issue: z.core.$ZodIssue, document: unknown): Problem[] {
  const path = pathText(issue.path);
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue, path);
  const value = valueAt(document, issue.path);
  const message = value === undefined ? 'this field is missing' : MESSAGES[issue.code];
  const allowed = allowedBy(issue);
  const problem = {
    path,
    message: issue.code === 'custom' ? issue.message : (message ?? issue.message),
    found: foundAt(issue, value),
    ...(allowed === undefined ? {} : { allowed }),
  };
  const { mend } = (issue.code === 'custom' ? (issue.params ?? {}) : {}) as { mend?: string };
  if (mend !== undefined) return [{ ...problem, mend }];
  const choices = issue.code === 'invalid_value' ? choicesOf(issue).filter(canBeGuessed) : [];
  return [withMend(problem, typeof value === 'string' ? didYouMean(value, choices) : undefined)];
}

/** Turns zod's issues into problems: path, what was found in `document`, what is allowed. */
export function problemsOf(error: z.ZodError, document: unknown): Problem[] {
  return error.issues.flatMap((issue) => problemsOfIssue(issue, document));
}
