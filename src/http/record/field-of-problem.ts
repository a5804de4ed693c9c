import { parseDay } from '../../domain/civil-date.ts';
import { type Problem, showFound } from '../../domain/problem.ts';
import type { Fields } from '../fields.ts';
import { formProblem } from '../page/form-problem.ts';
import { withFactWords } from '../register/fact-words.ts';
import { type EventForm, fieldsOf } from './event-form.ts';

/** The fields beside those of the event: what is left unanswered on somebody's word, and why. */
export const ACKNOWLEDGE = { escalations: 'acknowledge', reason: 'acknowledgeReason' } as const;

/** What the check of a document says of an appointment that it cannot read. */
const NO_APPOINTMENT = 'this is not an appointment';
/** Hours and minutes, as the field takes them. */
const TIME = /^(?:[01]?\d|2[0-3]):[0-5]\d$/;

/** Problems of a recording under the names of the fields in which they are to be mended. */
export function problemsOfForm(
  form: EventForm,
  fields: Fields,
  problems: readonly Problem[],
): readonly Problem[] {
  const kinds = new Map(fieldsOf(form).map(({ name, kind }) => [name, kind]));
  const names = new Set(kinds.keys());
  const atField = (problem: Problem) => {
    const path = fieldOf(problem.path, fields, names);
    return { ...inFormWords(formProblem(problem, kinds.get(path))), path };
  };
  return problems.flatMap((problem) =>
    isUnreadAppointment(problem) ? appointmentProblems(problem, fields) : [atField(problem)],
  );
}

/** Paths of a case file are told by the names of the fields. */
function inFormWords({ mend, ...problem }: Problem): Problem {
  return mend === undefined ? problem : { ...problem, mend: withFactWords(mend) };
}

/** Whether an appointment could not be read; one that was read may not fit, or not exist. */
function isUnreadAppointment({ path, message }: Problem): boolean {
  return /^events\[0\]\.appointment$/.test(path) && message === NO_APPOINTMENT;
}

/** Day and time are two fields: each is told what is wrong with it. */
function appointmentProblems(problem: Problem, fields: Fields): readonly Problem[] {
  const [day, time] = [fields.text('day'), fields.text('time')];
  const told = [
    ...(parseDay(day) === undefined
      ? [
          {
            path: 'day',
            message: 'this is not a date',
            found: showFound(day),
            allowed: 'a day of the calendar as YYYY-MM-DD, 2026-01-15 say',
          },
        ]
      : []),
    ...(time === '' || TIME.test(time)
      ? []
      : [
          {
            path: 'time',
            message: 'this is not a time of the day',
            found: showFound(time),
            allowed: 'hours and minutes from 00:00 to 23:59, 09:30 say',
          },
        ]),
  ];
  return told.length === 0 ? [{ ...problem, path: partOfAppointment(fields) }] : told;
}

/** The name of the field; empty where the problem is about the recording as a whole. */
function fieldOf(path: string, fields: Fields, names: ReadonlySet<string>): string {
  if (path === 'acknowledgement.escalations') return ACKNOWLEDGE.escalations;
  if (path === 'acknowledgement.reason') return ACKNOWLEDGE.reason;
  const name = path.replace(/^events\[0\]\.?/, '').replace(/\[\d+\]$/, '');
  if (name === 'appointment') return partOfAppointment(fields);
  if (names.has(name)) return name;
  // An object that lacks a field, `findings.enhancement` say, is told at the first of its fields.
  return [...names].find((each) => name !== '' && each.startsWith(`${name}.`)) ?? '';
}

function partOfAppointment(fields: Fields): string {
  const isTimed = fields.text('time') !== '';
  return isTimed && parseDay(fields.text('day')) !== undefined ? 'time' : 'day';
}
