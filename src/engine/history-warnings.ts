import { formatDay } from '../domain/civil-date.ts';
import type { EventType } from '../domain/event.ts';
import type { CaseHistory, LeftOut } from '../history/case-history.ts';
import type { Note } from '../plan/schedule.ts';
import type { Protocol } from '../protocol/protocol-schema.ts';

function leftOutNote({ event, why, by }: LeftOut): Note {
  switch (why) {
    case 'after-as-of':
      return {
        code: 'after-as-of',
        event: event.id,
        message: `The ${event.type} ${event.id} of ${formatDay(event.date)} is dated after the as-of date and is not known yet.`,
      };
    case 'corrected':
      return {
        code: 'corrected',
        event: event.id,
        message: `The ${event.type} ${event.id} was taken back by correction ${by?.id ?? ''}.`,
      };
    case 'superseded':
      return {
        code: 'report-superseded',
        event: event.id,
        message: `Report ${event.id} was replaced by the later report ${by?.id ?? ''}.`,
      };
    case 'exam-unknown':
      return {
        code: 'report-without-exam',
        event: event.id,
        message: `Report ${event.id} changes nothing: its exam is not known, or was taken back.`,
      };
  }
}

/** Events that make sense only once there is something to follow; exams and pathology have verdicts of their own. */
const ACTS_ON_SURVEILLANCE: ReadonlySet<EventType> = new Set([
  'deferral',
  'decline',
  'booking',
  'decision',
  'suspension',
  'resumption',
  'surgery',
  'closure',
  'reopening',
]);

/** Warnings that follow from the history alone. */
export function historyWarnings(history: CaseHistory, protocol: Protocol): Note[] {
  const { episode, asOf, constraints, leftOut } = history;
  const notes: Note[] = [];
  if (episode.ablation.date > asOf) {
    notes.push({
      code: 'ablation-in-future',
      message: `The ablation on ${formatDay(episode.ablation.date)} lies after the as-of date ${formatDay(asOf)}.`,
    });
  }
  if (episode.intent === 'palliative') {
    notes.push({
      code: 'palliative-intent',
      message:
        'The intent is palliative: the review speaks of curative ablation of early tumors, and its schedule does not carry over.',
    });
  }
  for (const constraint of constraints) {
    if (constraint.to !== undefined && constraint.to < constraint.from) {
      notes.push({
        code: 'constraint-without-effect',
        event: constraint.id,
        message: `Constraint ${constraint.id} holds on no day: it ends on ${formatDay(constraint.to)}, before it begins on ${formatDay(constraint.from)}.`,
      });
    }
    if (!Object.hasOwn(protocol.contraindications, constraint.kind)) {
      notes.push({
        code: 'constraint-unknown',
        event: constraint.id,
        message: `Constraint ${constraint.id} changes nothing: the protocol ${protocol.id} knows no "${constraint.kind}". Known: ${Object.keys(protocol.contraindications).join(', ')}.`,
      });
    }
  }
  for (const event of history.events) {
    if (event.date < episode.ablation.date && ACTS_ON_SURVEILLANCE.has(event.type)) {
      notes.push({
        code: 'event-before-ablation',
        event: event.id,
        message: `The ${event.type} ${event.id} of ${formatDay(event.date)} is dated before the ablation on ${formatDay(episode.ablation.date)}: check its date.`,
      });
    }
  }
  for (const each of leftOut) notes.push(leftOutNote(each));
  return notes;
}
