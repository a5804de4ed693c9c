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

function oneOf(values: readonly unknown[]): string {
  return values.map(String).join(', ');
}

function bounds(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const size =
    issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' entries' : '';
  const edge =
    issue.code === 'too_small'
      ? `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`
      : `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
  return `${edge}${size}`;
}

function problemsOfIssue(issue: z.core.$ZodIssue, document: unknown): Problem[] {
  const path = pathText(issue.path);
  const value = valueAt(document, issue.path);
  const found = showFound(value);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = issue.message.split(', ');
      return issue.keys.map((key) => {
        const meant = didYouMean(key, known);
        return {
          path: path === '' ? key : `${path}.${key}`,
          message: 'this field is not known',
          found: showFound(key),
          allowed: issue.message,
          ...(meant === undefined ? {} : { mend: `did you mean ${meant}?` }),
        };
      });
    }
    case 'invalid_type':
      return value === undefined
        ? [{ path, message: 'this field is missing', found, allowed: issue.expected }]
        : [{ path, message: 'the value has the wrong type', found, allowed: issue.expected }];
    case 'invalid_value': {
      const meant =
        typeof value === 'string' ? didYouMean(value, issue.values.map(String)) : undefined;
      return [
        {
          path,
          message: value === undefined ? 'this field is missing' : 'the value is not allowed',
          found,
          allowed: oneOf(issue.values),
          ...(meant === undefined ? {} : { mend: `did you mean ${meant}?` }),
        },
      ];
    }
    case 'too_small':
    case 'too_big':
      return [{ path, message: 'the value is out of range', found, allowed: bounds(issue) }];
    case 'invalid_union': {
      const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
      return [
        {
          path,
          message: value === undefined ? 'this field is missing' : 'the value is not allowed',
          found,
          ...(options.length > 0 ? { allowed: oneOf(options) } : {}),
        },
      ];
    }
    case 'invalid_format':
      return [
        {
          path,
          message: 'the text has the wrong form',
          found,
          ...(issue.pattern === undefined ? {} : { allowed: `text that matches ${issue.pattern}` }),
        },
      ];
    case 'custom': {
      const { allowed, mend } = (issue.params ?? {}) as { allowed?: string; mend?: string };
      return [
        {
          path,
          message: issue.message,
          found,
          ...(allowed === undefined ? {} : { allowed }),
          ...(mend === undefined ? {} : { mend }),
        },
      ];
    }
    default:
      return [{ path, message: issue.message, found }];
  }
}

/** Turns zod's issues into problems: path, what was found in `document`, what is allowed. */
export function problemsOf(error: z.ZodError, document: unknown): Problem[] {
  return error.issues.flatMap((issue) => problemsOfIssue(issue, document));
}
