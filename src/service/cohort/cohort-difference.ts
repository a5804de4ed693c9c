import type { CaseFile } from '../../domain/case-file.ts';
import type { Episode } from '../../domain/episode.ts';
import type { CaseEvent } from '../../domain/event.ts';
import type { Problem } from '../../domain/problem.ts';
import { sameEvent } from '../episode/same-event.ts';
import type { SoundRow } from './cohort-rows.ts';

/** What a row says that the store does not. */
export interface CohortDifference {
  /** The facts as they would be. */
  readonly facts: Episode;
  /** Names of the facts that differ: `tumor.sizeMm`. */
  readonly factsThatDiffer: readonly string[];
  /** Events that the store lacks. */
  readonly newEvents: readonly CaseEvent[];
  /** How many events the store has and the row lacks. */
  readonly eventsKept: number;
  /** Events with the id of a stored one and another content. */
  readonly problems: readonly Problem[];
}

/** Compares a row with the episode as it is stored. Nothing is taken away: events that the row lacks stay. */
export function differenceOf(
  stored: CaseFile,
  { caseFile, short }: Pick<SoundRow, 'caseFile' | 'short'>,
): CohortDifference {
  const facts = short ? joinedFacts(stored.episode, caseFile.episode) : caseFile.episode;
  const kept = new Map(stored.events.map((event) => [event.id, event]));
  const newEvents = caseFile.events.filter(({ id }) => !kept.has(id));
  const problems = caseFile.events.flatMap((event, index) => {
    const before = kept.get(event.id);
    return before === undefined || sameEvent(before, event) ? [] : [otherContent(event, index)];
  });
  return {
    facts,
    factsThatDiffer: namesThatDiffer(stored.episode, facts),
    newEvents,
    eventsKept: stored.events.length - (caseFile.events.length - newEvents.length),
    problems,
  };
}

/** What the short form leaves unsaid stays as it is stored. */
function joinedFacts(stored: Episode, given: Episode): Episode {
  const tumor = { ...stored.tumor, ...given.tumor };
  return {
    ...stored,
    ...given,
    ablation: { ...stored.ablation, ...given.ablation },
    ...(Object.keys(tumor).length === 0 ? {} : { tumor }),
  };
}

function namesThatDiffer(before: object, after: object, above = ''): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].sort().flatMap((name) => {
    const [old, now] = [fieldOf(before, name), fieldOf(after, name)];
    const path = `${above}${name}`;
    if (isGroup(old) || isGroup(now)) {
      return namesThatDiffer(isGroup(old) ? old : {}, isGroup(now) ? now : {}, `${path}.`);
    }
    return JSON.stringify(old) === JSON.stringify(now) ? [] : [path];
  });
}

function fieldOf(object: object, name: string): unknown {
  return (object as Readonly<Record<string, unknown>>)[name];
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function otherContent({ type }: CaseEvent, index: number): Problem {
  return {
    path: `events[${index}]`,
    message: `the store has another event with the id of this ${type}`,
    allowed: 'the event as it was recorded, or a new id',
    mend: 'recorded events are never changed: take it back by a correction and record the right one',
  };
}
