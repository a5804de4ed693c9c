import type { CalendarPrivacy } from '../domain/calendar-privacy.ts';
import { causeOfEscalation } from '../domain/escalation-words.ts';
import { keysInWords, visitInWords } from '../domain/visit-words.ts';
import type { Plan, PlannedEscalation, PlannedVisit } from '../plan/plan.ts';
import { appointmentInWords } from './appointment-words.ts';
import { dateInWords } from './date-words.ts';
import { actionInWords, modalitiesInWords, ruleInWords } from './plan-words.ts';

/** The words of one calendar event. */
export interface EventText {
  readonly summary: string;
  readonly description: string;
}

/**
 * The words of a visit. They tell the window, never "due" or "overdue" as of today: the text changes
 * when the case does, not when time passes. In `minimal` they are the same for every patient, but for
 * dates and code.
 */
export function visitText(
  plan: Plan,
  visit: PlannedVisit,
  code: string,
  { privacy, zone }: { readonly privacy: CalendarPrivacy; readonly zone?: string | undefined },
): EventText {
  const subject = `Imaging follow-up ${stateOf(visit)}`;
  const lines = [
    ...appointmentLine(visit, zone),
    windowLine(visit),
    ...stateLines(visit),
    `Code for the clinic: ${code}`,
  ];
  if (privacy === 'minimal') {
    return { summary: `${subject} (${code})`, description: lines.join('\n') };
  }
  return {
    summary: `${subject}: ${caseName(plan, privacy)}, ${modalitiesInWords(visit)}`,
    description: [...lines, ...visitReason(plan, visit, privacy)].join('\n'),
  };
}

/** The words of an escalation's deadline; never part of a `minimal` calendar. */
export function escalationText(
  plan: Plan,
  escalation: PlannedEscalation,
  code: string,
  privacy: Exclude<CalendarPrivacy, 'minimal'>,
): EventText {
  const { dueBy, conflict, because } = escalation;
  const action = actionInWords(escalation);
  return {
    summary: `Answer needed (${action}): ${caseName(plan, privacy)}`,
    description: [
      `To be answered by ${dateInWords(dueBy)}: ${action}.`,
      `Code for the clinic: ${code}`,
      `Episode ${plan.episode.id}, raised by ${causeOfEscalation(escalation, plan)}.`,
      ...(conflict
        ? ['A finding stands beside BI-RADS 1-3: to be confirmed by a radiologist.']
        : []),
      ...because.arithmetic.map((sentence) => keysInWords(sentence, plan)),
      `Rule ${ruleInWords(because)}.`,
    ].join('\n'),
  };
}

function stateOf({ status, booking }: PlannedVisit): string {
  if (status === 'on-hold') return 'on hold';
  return booking === null ? 'due' : 'booked';
}

function appointmentLine({ booking }: PlannedVisit, home: string | undefined): string[] {
  return booking === null ? [] : [`Appointment: ${appointmentInWords(booking.appointment, home)}.`];
}

function windowLine({ earliest, target, latest }: PlannedVisit): string {
  if (earliest === latest) return `On ${dateInWords(target)}.`;
  return `Between ${dateInWords(earliest)} and ${dateInWords(latest)}, best on ${dateInWords(target)}.`;
}

function stateLines({ status }: PlannedVisit): string[] {
  if (status === 'forecast') return ['Planned ahead: the dates may change after the visit before.'];
  if (status === 'on-hold') return ['On hold for now: please ask the clinic before this visit.'];
  return ['If these days have passed without the exam, please contact the clinic.'];
}

function caseName({ episode }: Plan, privacy: CalendarPrivacy): string {
  const { id, patientRef } = episode;
  return privacy === 'named' && patientRef !== undefined ? `${patientRef} (${id})` : id;
}

function visitReason(plan: Plan, visit: PlannedVisit, privacy: CalendarPrivacy): string[] {
  const { because, needsReview } = visit;
  return [
    `Case ${caseName(plan, privacy)}, ${visitInWords(visit.key)}: ${modalitiesInWords(visit)}.`,
    ...(needsReview ? ['The modality needs review by a radiologist.'] : []),
    ...because.arithmetic.map((sentence) => keysInWords(sentence, plan)),
    `Rule ${ruleInWords(because)}.`,
  ];
}
