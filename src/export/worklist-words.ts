import { counted } from '../domain/counted.ts';
import { eventTypeInWords } from '../domain/event-type-words.ts';
import { isVisitKey } from '../domain/keys.ts';
import { listInWords } from '../domain/list-in-words.ts';
import { visitInWords } from '../domain/visit-words.ts';
import type { RowCause, RowChange } from '../plan/worklist-diff.ts';
import type { WorklistRow } from '../plan/worklist-row.ts';
import { appointmentInWords } from './appointment-words.ts';
import { actionInWords, daysBetween, spaced } from './plan-words.ts';

/** What is to be done: `biopsy`, `advanced imaging with MRI`, `MRI or CEM`. */
export function taskInWords({ kind, action, modalities }: WorklistRow): string {
  switch (kind) {
    case 'facts':
      return 'record the missing facts';
    case 'no-visit-left':
      return 'close the episode, or decide how it goes on';
    case 'escalation':
      return action === null
        ? kind
        : actionInWords({ action, modality: listInWords(modalities) || null });
    default:
      return modalities.length === 0 ? 'no modality possible' : listInWords(modalities);
  }
}

/** Which item it is, for somebody who may have to name it: `baseline exam (a1.baseline)`, `esc.x1`. */
export function itemInWords({ item }: WorklistRow): string {
  return isVisitKey(item) ? `${visitInWords(item)} (${item})` : item;
}

/** How late an item is, or how much time is left; empty where it has no deadline. */
export function latenessInWords({ asOf, since, daysLate }: WorklistRow): string {
  if (daysLate === null) return '';
  if (daysLate > 0) return `${counted(daysLate, 'day')} late`;
  if (since !== null && since > asOf) return `opens in ${counted(daysBetween(asOf, since), 'day')}`;
  return daysLate === 0 ? 'last day today' : `${counted(-daysLate, 'day')} left`;
}

/** The days of an item: its window with the target, or its deadline. */
export function daysInWords({ window, deadline }: WorklistRow): string {
  if (window !== null) {
    return `${window.earliest} to ${window.latest}, target ${window.target}`;
  }
  return deadline === null ? '' : `by ${deadline}`;
}

/** Whose item it is: `EP-1, patient P-1, left breast, clinic C1`. */
export function personInWords({ episode, patientRef, side, clinic }: WorklistRow): string {
  return [
    episode,
    ...(patientRef === null ? [] : [`patient ${patientRef}`]),
    side === null ? 'side not recorded' : `${side} breast`,
    `clinic ${clinic}`,
  ].join(', ');
}

/** Appointment, suggestion and contacts; empty where there is none of them. `home`: the clinic's zone. */
export function arrangementsInWords(
  { booked, suggested, contacts }: WorklistRow,
  home?: string,
): string[] {
  const { count, last } = contacts;
  return [
    ...(booked === null
      ? []
      : [
          `${booked.stands ? 'booked' : 'appointment'}: ${appointmentInWords(booked.appointment, home)}${booked.location === undefined ? '' : `, ${booked.location}`}`,
        ]),
    ...(suggested === null ? [] : [suggestionInWords(suggested)]),
    ...(last === null
      ? []
      : [`contacts: ${count}, last ${last.method} on ${last.date} (${spaced(last.outcome)})`]),
  ];
}

function suggestionInWords({
  day,
  fromTarget,
  why,
}: NonNullable<WorklistRow['suggested']>): string {
  if (day === null || fromTarget === null) {
    return why === 'all-closed'
      ? 'no suggested day: the clinic is closed on all that are left'
      : 'no suggested day: the window is over';
  }
  if (fromTarget === 0) return `suggested day: ${day}, the target`;
  const side = fromTarget < 0 ? 'before' : 'after';
  return `suggested day: ${day}, ${counted(Math.abs(fromTarget), 'day')} ${side} the target`;
}

/** Rule, section and protocol of a row: `interval (3.3), staged-risk-adapted 1.0.0`. */
export function rowRuleInWords({ rule }: WorklistRow): string {
  return `${rule.id} (${rule.section}), ${rule.protocol.id} ${rule.protocol.version}`;
}

/** What brought a change about: `by imaging x1 of 2026-04-20`. */
export function causeInWords(cause: RowCause): string {
  switch (cause.kind) {
    case 'event':
      return `by ${eventTypeInWords(cause.type)} ${cause.event} of ${cause.date}`;
    case 'event-removed':
      return `because ${eventTypeInWords(cause.type)} ${cause.event} of ${cause.date} was taken back`;
    case 'protocol':
      return `because the protocol is ${cause.to} instead of ${cause.from}`;
    case 'as-of':
      return 'as the days went by';
    case 'facts':
      return 'because the facts of the episode changed';
    case 'episode-gone':
      return 'because the episode is no longer in the cohort';
  }
}

/** From which bucket an item came and in which it is now, with its days; the days once if they stayed. */
export function stepInWords({ before, after }: RowChange): string {
  if (after === null) return before === null ? '' : `was ${place(before)}; resolved`;
  if (before === null) return `now ${place(after)},`;
  const stayed = daysInWords(before) === daysInWords(after);
  return `was ${stayed ? before.bucket : place(before)}; now ${place(after)},`;
}

function place(row: WorklistRow): string {
  const days = daysInWords(row);
  return days === '' ? row.bucket : `${row.bucket} (${days})`;
}

/** The definition of a bucket with the number of days for its N. */
export function withDays(says: string, soonDays: number): string {
  return says.replace(/\bN days\b/g, `${soonDays} days`);
}
