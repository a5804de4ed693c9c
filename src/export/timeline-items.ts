import { compareTexts } from '../domain/compare-texts.ts';
import { visitInWords } from '../domain/visit-words.ts';
import type { JudgedExam, Plan, PlannedEscalation, PlannedVisit } from '../plan/plan.ts';
import { appointmentInWords } from './appointment-words.ts';
import {
  actionInWords,
  escalationStatusInWords,
  isUnanswered,
  spaced,
  visitStatusInWords,
} from './plan-words.ts';

/** What is drawn of a thing, at its days. */
export type TimelineMark =
  | {
      readonly shape: 'window';
      readonly look: 'open' | 'hatched' | 'hollow';
      readonly from: string;
      readonly target: string;
      readonly to: string;
    }
  | {
      readonly shape: 'deadline';
      readonly look: 'open' | 'hollow';
      readonly from: string;
      readonly to: string;
    }
  | { readonly shape: 'pause'; readonly from: string; readonly to: string }
  | { readonly shape: TimelinePoint; readonly at: string };

/** Shapes that stand for one day. */
export type TimelinePoint =
  | 'ablation'
  | 'exam-counted'
  | 'exam-not-counted'
  | 'result'
  | 'booking'
  | 'today'
  | 'horizon'
  | 'end';

/** One thing on the timeline: words of its own, and what is drawn of it. */
export interface TimelineItem {
  /** The day by which it stands among the others. */
  readonly day: string;
  readonly name: string;
  /** How it stands; empty where the name says all. */
  readonly state: string;
  /** Its days and what else is to be known, a short line each. */
  readonly lines: readonly string[];
  /** True: somebody is late, or an answer is awaited. */
  readonly urgent: boolean;
  readonly marks: readonly TimelineMark[];
}

/** Everything of a plan that has a place on the axis of time, in the order of days. `home`: the clinic's zone. */
export function timelineItems(plan: Plan, home?: string): TimelineItem[] {
  const filling = new Set(plan.visits.map(({ key }) => key));
  const apart = plan.exams.filter((exam) => !keysOf(exam).some((key) => filling.has(key)));
  const items = [
    ...ablations(plan),
    ...plan.visits.map((visit) => visitItem(visit, plan, home)),
    ...apart.map(examItem),
    ...results(plan),
    ...plan.escalations.map((escalation) => escalationItem(escalation, plan)),
    ...course(plan),
    point(plan.asOf, 'as of', plan.asOf, 'today'),
  ];
  // Sorting is stable: what happened on one day stays in this order.
  return items.sort((a, b) => compareTexts(a.day, b.day));
}

/** An item in one line of text. */
export function itemInWords({ name, state, lines }: TimelineItem): string {
  return [[name, state].filter((part) => part !== '').join(': '), ...lines].join('; ');
}

function point(day: string, name: string, state: string, shape: TimelinePoint): TimelineItem {
  return { day, name, state, lines: [], urgent: false, marks: [{ shape, at: day }] };
}

function ablations({ episode, events }: Plan): TimelineItem[] {
  return [
    point(episode.ablationDate, 'ablation', episode.ablationDate, 'ablation'),
    ...events
      .filter(({ type }) => type === 'ablation')
      .map(({ id, date }) => point(date, `repeat ablation ${id}`, date, 'ablation')),
  ];
}

function keysOf({ visit, lanes }: JudgedExam): readonly string[] {
  return visit === null ? lanes : [visit, ...lanes];
}

function visitItem(
  visit: PlannedVisit,
  { exams, asOf }: Plan,
  home: string | undefined,
): TimelineItem {
  const { key, earliest, target, latest, status, booking } = visit;
  const filled = exams.filter((exam) => keysOf(exam).includes(key));
  return {
    day: target,
    name: visitInWords(key),
    state: visitStatusInWords(visit, asOf),
    lines: [
      `${earliest} to ${latest}, target ${target}`,
      ...filled.map((exam) => `${exam.id} ${spaced(exam.verdict)}: ${examInWords(exam)}`),
      ...(booking === null ? [] : [`booked: ${appointmentInWords(booking.appointment, home)}`]),
    ],
    urgent: status === 'overdue',
    marks: [
      { shape: 'window', look: lookOf(visit), from: earliest, target, to: latest },
      ...filled.map(({ date }) => ({ shape: 'exam-counted', at: date }) as const),
      ...(booking === null
        ? []
        : [{ shape: 'booking', at: booking.appointment.slice(0, 10) } as const]),
    ],
  };
}

function lookOf({ status }: PlannedVisit): 'open' | 'hatched' | 'hollow' {
  if (status === 'forecast' || status === 'on-hold') return 'hatched';
  return status === 'not-yet-due' || status === 'due' || status === 'overdue' ? 'open' : 'hollow';
}

function examInWords({ modality, date, biRads }: JudgedExam): string {
  return `${modality} ${date}, ${biRads === null ? 'report awaited' : `BI-RADS ${biRads}`}`;
}

function examItem(exam: JudgedExam): TimelineItem {
  const { id, date, verdict } = exam;
  const shape = verdict === 'counts' ? 'exam-counted' : 'exam-not-counted';
  const lines = [examInWords(exam)];
  return { ...point(date, `exam ${id}`, spaced(verdict), shape), lines };
}

function results({ events }: Plan): TimelineItem[] {
  return events
    .filter(({ type }) => type === 'pathology' || type === 'surgery')
    .map(({ id, type, date }) => point(date, `${type} ${id}`, date, 'result'));
}

function escalationItem(escalation: PlannedEscalation, { asOf }: Plan): TimelineItem {
  const { key, raisedOn, dueBy } = escalation;
  const urgent = isUnanswered(escalation);
  return {
    day: raisedOn,
    name: `escalation ${key.replace(/^esc\./, '')}`,
    state: escalationStatusInWords(escalation, asOf),
    lines: [`${actionInWords(escalation)} by ${dueBy}`, `raised on ${raisedOn}`],
    urgent,
    marks: [{ shape: 'deadline', look: urgent ? 'open' : 'hollow', from: raisedOn, to: dueBy }],
  };
}

/** The suspension in force, the end of surveillance, the last day of staged visits. */
function course({ suspendedUntil, asOf, endedBy, horizon, events }: Plan): TimelineItem[] {
  const end = events.find(({ id }) => id === endedBy);
  const pause = events.findLast(({ type }) => type === 'suspension');
  return [
    ...(suspendedUntil === null
      ? []
      : [
          {
            ...point(pause?.date ?? asOf, 'suspended', `until ${suspendedUntil}`, 'end'),
            marks: [{ shape: 'pause', from: pause?.date ?? asOf, to: suspendedUntil } as const],
          },
        ]),
    ...(end === undefined
      ? []
      : [point(end.date, `ended by ${end.type} ${end.id}`, end.date, 'end')]),
    ...(horizon === null ? [] : [point(horizon, 'staged visits until', horizon, 'horizon')]),
  ];
}
