import { formatDay } from '../../domain/civil-date.ts';
import type { CaseEvent } from '../../domain/event.ts';
import { eventOfEscalation } from '../../domain/keys.ts';
import { type Problem, showFound } from '../../domain/problem.ts';
import { correctedEvents } from '../../history/corrections.ts';
import { type Joining, MEND_DOUBT } from './joining.ts';

/** A result that is dated before what asked for the biopsy that it is to answer. */
export function pathologyProblems(event: CaseEvent, at: string, joining: Joining): Problem[] {
  if (event.type !== 'pathology' || event.answers === undefined) return [];
  const { answers, date } = event;
  const { recorded, events, planOf } = joining;
  const escalation = planOf([...recorded, ...events]).escalations.find(
    ({ key, raisedOn }) => answers.includes(key) && raisedOn > formatDay(date),
  );
  if (escalation === undefined) return [];
  const { key, raisedOn } = escalation;
  return [
    {
      path: `${at}.date`,
      message: `the result is dated before what it answers: ${eventOfEscalation(key)} of ${raisedOn} asked for the biopsy`,
      found: formatDay(date),
      allowed: `${raisedOn} or later`,
      mend: MEND_DOUBT,
    },
  ];
}

/** A report before its exam, a correction of what is taken back. */
export function orderProblems(event: CaseEvent, at: string, all: readonly CaseEvent[]): Problem[] {
  if (event.type === 'report') {
    const exam = all.find(({ id }) => id === event.of);
    if (exam === undefined || exam.date <= event.date) return [];
    return [
      { path: `${at}.date`, message: 'the report is dated before its exam', mend: MEND_DOUBT },
    ];
  }
  if (event.type !== 'correction') return [];
  const before = correctedEvents(all.filter(({ id }) => id !== event.id)).get(event.of);
  if (before === undefined) return [];
  return [
    {
      path: `${at}.of`,
      message: `this event was taken back by ${before.id}`,
      found: showFound(event.of),
      mend: MEND_DOUBT,
    },
  ];
}
