import { didYouMean } from '../../domain/did-you-mean.ts';
import type { EventType } from '../../domain/event.ts';
import { type Problem, showFound } from '../../domain/problem.ts';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import {
  EVENT_FIELDS,
  EVENT_TYPES,
  eventFieldsFrom,
  flagOfEventField,
  flagsOfType,
} from './event-flags.ts';

/** The event that was typed: its type, its flags, and `--json` for what is nested. */
export function typedEvent(
  type: string,
  json: object | undefined,
  options: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const known = EVENT_TYPES.find((each) => each === type);
  if (known === undefined) throw unknownType(type);
  const fields = eventFieldsFrom(options);
  for (const field of Object.keys(fields)) refuseForeign(known, field);
  const twice = Object.keys(json ?? {}).find(
    (field) => field === 'type' || Object.hasOwn(fields, field),
  );
  if (twice !== undefined) throw givenTwice(twice);
  return { type: known, ...fields, ...json };
}

function unknownType(type: string): CommandFault {
  const meant = didYouMean(type, EVENT_TYPES);
  return new CommandFault(EXIT.usage, [
    {
      path: 'type',
      message: 'there is no such type of event',
      found: showFound(type),
      allowed: EVENT_TYPES.join(', '),
      ...(meant === undefined ? {} : { mend: `did you mean ${meant}?` }),
    },
  ]);
}

function refuseForeign(type: EventType, field: string): void {
  if (EVENT_FIELDS[type].some((each) => each === field)) return;
  throw new CommandFault(EXIT.usage, [
    {
      path: flagOfEventField(field) ?? field,
      message: `this flag is none of ${type}`,
      allowed: [...flagsOfType(type), '--json'].join(', '),
    },
  ]);
}

function givenTwice(field: string): CommandFault {
  return new CommandFault(EXIT.usage, [
    {
      path: '--json',
      message: `${field} is given twice`,
      allowed: 'each field once, by a flag or in --json',
    },
  ]);
}

/** Problems of the event that was typed, under the names of its flags. */
export function asTyped(problem: Problem): Problem {
  const path = problem.path.replace(/^events\[0\]\.?/, '');
  return { ...problem, path: flagOfEventField(path) ?? path };
}
