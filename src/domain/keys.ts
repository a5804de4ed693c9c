/** Keys of visits and escalations: stable names that never change their meaning. schedule.md 3.9, 5, 7. */

export function baselineKey(course: number): string {
  return `a${course}.baseline`;
}

/** Keys of the first course's interval visits, which most plans are made of; the place is the index. */
const FIRST_INTERVAL_KEYS: readonly string[] = Array.from({ length: 32 }, (_, index) =>
  nameInterval(1, index),
);

function nameInterval(course: number, index: number): string {
  return `a${course}.interval-${index}`;
}

/** `index` counts the counted or declined interval visits of the course, from 1. */
export function intervalKey(course: number, index: number): string {
  const known = course === 1 ? FIRST_INTERVAL_KEYS[index] : undefined;
  return known ?? nameInterval(course, index);
}

export function laneKey(course: number, lane: string, months: number): string {
  return `a${course}.${lane}-${months}`;
}

/** `eventId` is the exam or pathology that raised it. */
export function escalationKey(eventId: string): string {
  return `esc.${eventId}`;
}

/** The exam or pathology that raised an escalation, by the escalation's key. */
export function eventOfEscalation(key: string): string {
  return key.slice(escalationKey('').length);
}

const VISIT_KEY = /^a[1-9]\d*\.(baseline|[a-z][a-z0-9]*(?:-[a-z0-9]+)*-\d+)$/;

/** Whether a text has the form of a visit key; whether such a visit exists is the plan's to say. */
export function isVisitKey(text: string): boolean {
  return VISIT_KEY.test(text);
}

const ESCALATION_KEY = /^esc\../s;

/** Whether a text has the form of an escalation key; whether such an escalation exists is the plan's to say. */
export function isEscalationKey(text: string): boolean {
  return ESCALATION_KEY.test(text);
}
