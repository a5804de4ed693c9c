import type { CalendarPrivacy } from '../../domain/calendar-privacy.ts';
import { formatDay } from '../../domain/civil-date.ts';
import { dayInZone } from '../../domain/clock.ts';
import { dateInWords } from '../../export/date-words.ts';
import type { SubscriptionRow } from '../../service/access/subscription-row.ts';
import type { ClinicCall } from '../call.ts';

/** What each level of privacy tells whoever sees the calendar. calendar.md, "Privacy". */
export const PRIVACY_WORDS: Readonly<Record<CalendarPrivacy, string>> = {
  minimal: 'that imaging is due, and a code that the worklist finds',
  coded: 'also the episode’s code, the modality and the reason',
  named: 'also the patient’s reference; for the calendar of the whole clinic only',
};

/** The levels by name. */
export const PRIVACY_NAMES: Readonly<Record<CalendarPrivacy, string>> = {
  minimal: 'Minimal',
  coded: 'Coded',
  named: 'Named',
};

/** Whose calendar it is, for people of the clinic. */
export function subjectInWords(
  { subject }: Pick<SubscriptionRow, 'subject'>,
  { caller }: Pick<ClinicCall, 'caller'>,
): string {
  switch (subject.kind) {
    case 'clinic':
      return 'the whole clinic';
    case 'patient':
      return `patient ${subject.patientRef}`;
    case 'clinician':
      return subject.account === caller.id ? 'my episodes' : 'the episodes of who made it';
  }
}

/** Whether a subscription works, and until when, on the clinic's calendar. */
export function stateInWords(
  { state, expiresAt }: Pick<SubscriptionRow, 'state' | 'expiresAt'>,
  { clinic }: Pick<ClinicCall, 'clinic'>,
): string {
  const day = dateInWords(formatDay(dayInZone(expiresAt, clinic.zone)));
  return { active: `works until ${day}`, expired: `expired on ${day}`, revoked: 'revoked' }[state];
}
