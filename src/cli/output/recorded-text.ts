import { formatDay } from '../../domain/civil-date.ts';
import { actionInWords, triggerInWords } from '../../domain/escalation-words.ts';
import { keysInWords } from '../../domain/visit-words.ts';
import type { PlannedEscalation } from '../../plan/plan.ts';
import { examsNotCounted } from '../../service/episode/exams-not-counted.ts';
import type { Recorded } from '../../service/episode/record-events.ts';
import { replacedAppointments } from '../../service/episode/standing-appointments.ts';
import type { Sink } from '../surroundings.ts';
import { diffText } from './diff-text.ts';
import { visitText } from './visit-text.ts';
import { wrapped } from './wrapped-text.ts';

/** What a recording changes, as JSON: dates as `YYYY-MM-DD`. */
export function recordedJson(recorded: Recorded, dryRun: boolean): object {
  const { episode, version, events, knownBefore, after, diff } = recorded;
  const { newEscalations, nextVisit, warnings } = recorded;
  return {
    episode,
    version,
    written: !dryRun && events.length > 0,
    events: events.map(({ id, type, date }) => ({ id, type, date: formatDay(date) })),
    knownBefore,
    newEscalations,
    nextVisit,
    notCounted: examsNotCounted(recorded).map(({ id, verdict, reason }) => ({
      id,
      verdict,
      reason,
    })),
    warnings,
    phase: after.phase,
    diff,
  };
}

/** The same for people: what is most urgent first. */
export function recordedText(recorded: Recorded, dryRun: boolean, sink: Sink): string {
  const { before, after, diff, newEscalations, nextVisit, warnings } = recorded;
  const lines = [
    headline(recorded, dryRun),
    ...newEscalations.map(escalationText),
    nextVisit === null ? 'Next visit: none is left.' : `Next visit: ${visitText(nextVisit)}.`,
    ...replacedAppointments(recorded),
    ...examsNotCounted(recorded).map(
      ({ id, reason }) => `Exam ${id}: ${keysInWords(reason, after)}`,
    ),
    ...warnings.map(({ message }) => `Warning: ${keysInWords(message, after)}`),
  ];
  const text = lines.map((line) => wrapped(line, sink, 0, 2)).join('');
  return recorded.events.length === 0 ? text : `${text}\n${diffText(before, diff, sink)}`;
}

function headline({ episode, events, knownBefore, version }: Recorded, dryRun: boolean): string {
  const known = knownBefore === 0 ? '' : `; ${knownBefore} recorded before`;
  if (events.length === 0) return `Nothing new for ${episode}, version ${version}${known}.`;
  const named = events.map(({ id, type, date }) => `${type} ${id} of ${formatDay(date)}`);
  return `${dryRun ? 'Would record' : 'Recorded'} for ${episode}: ${named.join(', ')}${known}; version ${version}.`;
}

function escalationText(escalation: PlannedEscalation): string {
  const { key, dueBy, status, triggers } = escalation;
  const late = status === 'overdue' ? ' (overdue)' : '';
  return `ESCALATION by ${dueBy}${late}: ${actionInWords(escalation)}, because of ${triggers.map(triggerInWords).join(' and ')} (${key}).`;
}
