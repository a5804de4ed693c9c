import type { CaseFile } from '../domain/case-file.ts';
import { formatDay } from '../domain/civil-date.ts';
import { didYouMean } from '../domain/did-you-mean.ts';
import type { CaseEvent } from '../domain/event.ts';
import { type Problem, showFound } from '../domain/problem.ts';
import { correctedEvents } from '../history/corrections.ts';

/**
 * Faults that only show when the events of a case are seen together. An event that a correction takes
 * back may be wrong in itself: it stays in the file as it was entered.
 */
export function checkCase(caseFile: CaseFile): Problem[] {
  const { episode, events } = caseFile;
  const byId = new Map<string, CaseEvent>();
  const problems: Problem[] = [];
  events.forEach((event, index) => {
    if (byId.has(event.id)) problems.push(duplicateId(event, index));
    else byId.set(event.id, event);
  });
  const corrected = correctedEvents(events);
  events.forEach((event, index) => {
    const correctsItself = event.type === 'correction' && event.of === event.id;
    if (corrected.has(event.id) && !correctsItself) return;
    const at = `events[${index}]`;
    if (event.type === 'ablation' && event.date < episode.ablation.date) {
      problems.push({
        path: `${at}.date`,
        message: 'a repeat ablation is dated before the first one',
        found: formatDay(event.date),
        allowed: `a date from ${formatDay(episode.ablation.date)} on`,
        mend: 'the earliest ablation belongs in episode.ablation',
      });
    }
    if (event.type === 'correction') problems.push(...correctionProblems(event, at, byId));
    if (event.type === 'report') problems.push(...reportProblems(event, at, byId));
  });
  return problems;
}

function duplicateId(event: CaseEvent, index: number): Problem {
  return {
    path: `events[${index}].id`,
    message: 'two events have the same id',
    found: showFound(event.id),
    allowed: 'an id that no other event of the case has',
  };
}

function unknownEvent(
  path: string,
  message: string,
  found: string,
  ids: readonly string[],
): Problem {
  const meant = didYouMean(found, ids);
  return {
    path,
    message,
    found: showFound(found),
    allowed:
      ids.length === 0 ? 'there is none in this case' : `one of ${ids.slice(0, 12).join(', ')}`,
    ...(meant === undefined ? {} : { mend: `did you mean ${meant}?` }),
  };
}

function correctionProblems(
  event: Extract<CaseEvent, { type: 'correction' }>,
  at: string,
  byId: ReadonlyMap<string, CaseEvent>,
): Problem[] {
  if (event.of === event.id) {
    return [
      {
        path: `${at}.of`,
        message: 'a correction cannot take back itself',
        found: showFound(event.of),
        allowed: 'the id of another event',
      },
    ];
  }
  if (byId.has(event.of)) return [];
  const others = [...byId.keys()].filter((id) => id !== event.id);
  return [unknownEvent(`${at}.of`, 'the corrected event is not in the case', event.of, others)];
}

function reportProblems(
  event: Extract<CaseEvent, { type: 'report' }>,
  at: string,
  byId: ReadonlyMap<string, CaseEvent>,
): Problem[] {
  const exam = byId.get(event.of);
  if (exam?.type === 'imaging') return [];
  const exams = [...byId.values()].flatMap(({ type, id }) => (type === 'imaging' ? [id] : []));
  return [unknownEvent(`${at}.of`, 'the reported exam is not in the case', event.of, exams)];
}
