import { formatDay } from '../domain/civil-date.ts';
import { actionInWords } from '../domain/escalation-words.ts';
import type { ScheduledEscalation, Trigger } from './schedule.ts';
import { countOf } from './visit-arithmetic.ts';

function millimetres(tenths: number): string {
  return `${tenths / 10} mm`;
}

/** What was seen, in words. */
function observation(trigger: Trigger): string {
  const { id, comparedWith, measured } = trigger;
  const earlier = comparedWith === undefined ? '' : ` in exam ${comparedWith}`;
  const from =
    measured?.before === undefined
      ? ''
      : ` (${millimetres(measured.now)}, against ${millimetres(measured.before)}${earlier})`;
  switch (id) {
    case 'report-awaited':
      return 'The exam has no category yet';
    case 'new-enhancement':
      return comparedWith === undefined
        ? 'Enhancement is new: the reader says so, or nothing comparable was recorded before'
        : `Enhancement is new against exam ${comparedWith}`;
    case 'enlarging-enhancement':
      return `Enhancement is enlarging${from || ', as the reader says'}`;
    case 'asymmetric-wall-thickening':
      return measured?.before === undefined
        ? 'The wall is asymmetrically thickened, as the reader says'
        : `The wall is asymmetrically thickened (${millimetres(measured.before)} to ${millimetres(measured.now)})`;
    case 'unexplained-metabolic-activity':
      return 'Metabolic activity is not said to be explained by fat necrosis';
    case 'zone-not-involuting':
      return `The ablation zone grew${from}`;
    default:
      return id.startsWith('birads-')
        ? `BI-RADS ${id.slice('birads-'.length).toUpperCase()}`
        : `Pathology ${id.slice('pathology-'.length)}`;
  }
}

function triggerSentence(trigger: Trigger): string {
  const days = countOf(trigger.withinDays, 'day');
  return `${observation(trigger)}: ${actionInWords(trigger)} within ${days}.`;
}

function answerSentence(escalation: ScheduledEscalation): string[] {
  const { answeredBy, answeredOn, status, dueBy } = escalation;
  if (answeredBy === null || answeredOn === null) return [];
  const late = answeredOn - dueBy;
  const when = late > 0 ? `${countOf(late, 'day')} late` : 'in time';
  const how = status === 'closed' ? 'Closed' : 'Answered';
  return [`${how} by ${answeredBy} on ${formatDay(answeredOn)}, ${when}.`];
}

/** What raised an escalation, its deadline and its answer, one sentence a step. */
export function escalationArithmetic(escalation: ScheduledEscalation): string[] {
  const { triggers, raisedOn, dueBy, eventId, source, conflict } = escalation;
  const days = dueBy - raisedOn;
  const what = source === 'imaging' ? 'exam' : 'pathology result';
  return [
    ...triggers.map(triggerSentence),
    ...(triggers.length > 1
      ? ['One escalation: the most urgent action, the shortest deadline.']
      : []),
    `Deadline: ${countOf(days, 'day')} from the ${what} ${eventId} on ${formatDay(raisedOn)} = ${formatDay(dueBy)}.`,
    ...(conflict === null
      ? []
      : [
          `The exam says BI-RADS ${conflict} and the finding asks for more: a conflict that a radiologist must confirm. Urgency is raised, never lowered.`,
        ]),
    ...answerSentence(escalation),
  ];
}
