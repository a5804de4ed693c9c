import type { RecordingSubject } from '../../service/episode/recording-subject.ts';
import { Fields } from '../fields.ts';
import type { EventForm } from './event-form.ts';

/** Where a form was opened: the line of the plan or the event that it is about, and the way back. */
export interface RecordStart {
  /** Key of a visit or escalation. */
  readonly item?: string | undefined;
  /** Id of an event: of the exam that is reported, of what is taken back. */
  readonly of?: string | undefined;
  /** A day for an appointment. */
  readonly day?: string | undefined;
  readonly back: string;
}

/** What a form is filled with when it is opened. */
export function startFields(
  { type }: EventForm,
  { version, today, openEscalations, openVisits, plan }: RecordingSubject,
  { item, of, day, back }: RecordStart,
): Fields {
  const escalation = openEscalations.find(({ key }) => key === item);
  const visit = openVisits.find(({ key }) => key === item);
  const exam = escalation?.because.anchor.event ?? undefined;
  const byType: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
    contact: { item: escalation?.key ?? visit?.key },
    booking: { visit: visit?.key, day },
    deferral: { visit: visit?.key },
    decline: { visit: visit?.key },
    decision: { escalation: escalation?.key },
    pathology: { answers: escalation?.key },
    report: { of: of ?? (plan.exams.some(({ id }) => id === exam) ? exam : undefined) },
    correction: { of },
    constraint: { from: today },
  };
  return new Fields().with({ expected: String(version), date: today, back, ...byType[type] });
}
