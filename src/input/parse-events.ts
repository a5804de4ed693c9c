import { z } from 'zod';
import type { CaseFile } from '../domain/case-file.ts';
import type { CaseEvent } from '../domain/event.ts';
import { failure, type Outcome, type Problem, success } from '../domain/problem.ts';
import { problemsOf, strict } from '../domain/schema.ts';
import { checkCase } from './case-checks.ts';
import { eventSchema } from './event-schema.ts';

const eventsSchema = strict({ events: z.array(eventSchema) });

/**
 * Reads events that are to join a case: each in itself, and together with what the case holds.
 * Problems name the new events alone, `events[0]` the first of them.
 */
export function parseEvents(documents: readonly unknown[], before: CaseFile): Outcome<CaseEvent[]> {
  const document = { events: documents };
  const parsed = eventsSchema.safeParse(document);
  if (!parsed.success) return failure(...problemsOf(parsed.error, document));
  const { events } = parsed.data;
  const problems = checkCase({ ...before, events: [...before.events, ...events] }).flatMap(
    (problem) => ofNewEvent(problem, before.events.length),
  );
  return problems.length === 0 ? success(events) : failure(...problems);
}

/** Problems of recorded events are not those of whoever records another one. */
function ofNewEvent(problem: Problem, recorded: number): Problem[] {
  const [place, index] = /^events\[(\d+)\]/.exec(problem.path) ?? [];
  if (place === undefined || Number(index) < recorded) return [];
  const path = `events[${Number(index) - recorded}]${problem.path.slice(place.length)}`;
  return [{ ...problem, path }];
}
