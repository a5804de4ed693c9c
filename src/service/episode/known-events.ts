import type { CaseFile } from '../../domain/case-file.ts';
import { type Problem, showFound } from '../../domain/problem.ts';
import { parseEvents } from '../../input/parse-events.ts';
import { sameEvent } from './same-event.ts';

/** Events that are not in the store yet, with their places among those that were handed in. */
interface FreshEvents {
  readonly fresh: readonly unknown[];
  readonly places: readonly number[];
}

/**
 * Leaves out the events that are recorded with the same id and content. One with a recorded id and
 * another content stays, so that the check of ids can tell it.
 */
export function withoutKnown(documents: readonly unknown[], caseFile: CaseFile): FreshEvents {
  const recorded = new Map(caseFile.events.map((event) => [event.id, event]));
  const places = documents.flatMap((document, place) => {
    const known = recorded.get(idOf(document) ?? '');
    if (known === undefined) return [place];
    const others = caseFile.events.filter((event) => event !== known);
    const parsed = parseEvents([document], { ...caseFile, events: others });
    const [event] = parsed.ok ? parsed.value : [];
    return event !== undefined && sameEvent(known, event) ? [] : [place];
  });
  return { fresh: places.map((place) => documents[place]), places };
}

/**
 * Two events of one id are the fault of a document where both are in it; where one is recorded, the
 * other is another event, or the same one told anew.
 */
export function recordedOtherwise(
  problems: readonly Problem[],
  fresh: readonly unknown[],
  { events }: CaseFile,
): Problem[] {
  const recorded = new Set(events.map(({ id }) => id));
  const clashes = new Map<string, string>(
    fresh.flatMap((document, index) => {
      const id = idOf(document);
      return id !== undefined && recorded.has(id) ? [[`events[${index}].id`, id] as const] : [];
    }),
  );
  return problems.map((problem) => {
    const id = clashes.get(problem.path);
    return id === undefined || problem.found !== showFound(id)
      ? problem
      : {
          path: problem.path,
          message: 'an event with this id is recorded with other content',
          found: showFound(id),
          allowed: 'an id that no other event of the case has',
          mend: 'give it another id; where the recorded one is wrong, take that back by a correction',
        };
  });
}

/** Problems of fresh events under the numbers that the events had when they were handed in. */
export function asHandedIn(problems: readonly Problem[], places: readonly number[]): Problem[] {
  return problems.map((problem) => ({
    ...problem,
    path: problem.path.replace(/^events\[(\d+)\]/, (_, index) => `events[${places[index]}]`),
  }));
}

function idOf(document: unknown): string | undefined {
  return typeof document === 'object' && document !== null && 'id' in document
    ? String(document.id)
    : undefined;
}
