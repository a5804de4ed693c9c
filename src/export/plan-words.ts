import { parseDay } from '../domain/civil-date.ts';
import { counted } from '../domain/counted.ts';
import { listInWords } from '../domain/list-in-words.ts';
import type { Because, Plan, PlannedEscalation, PlannedVisit } from '../plan/plan.ts';

export { actionInWords } from '../domain/escalation-words.ts';

/** The modality options of a visit, or that there is none. */
export function modalitiesInWords({ modalities }: PlannedVisit): string {
  return modalities.length === 0 ? 'no modality possible' : listInWords(modalities);
}

/** Terms of the field that are more than their words with spaces between them. */
const TERMS: ReadonlyMap<string, string> = new Map([
  ['PET-CT', 'PET-CT'],
  ['non-diagnostic', 'non-diagnostic'],
  ['non-mass', 'non-mass'],
  ['mri-unsafe-implant', 'MRI-unsafe implant'],
  ['egfr-below-30', 'eGFR below 30'],
  ['her2-positive', 'HER2-positive'],
  ['triple-negative', 'triple-negative'],
  ['ki67-15-percent-or-more', 'Ki-67 15 percent or more'],
  ['lost-to-follow-up', 'lost to follow-up'],
]);

/** `awaiting-baseline` as words, `awaiting baseline`; a term of the field as it is written there. */
export function spaced(id: string): string {
  return TERMS.get(id) ?? id.replaceAll('-', ' ');
}

/** Whole days from one civil date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return (parseDay(to) ?? Number.NaN) - (parseDay(from) ?? Number.NaN);
}

/** Whether a visit is still to be done: open, forecast or on hold. schedule.md section 8. */
export function isAhead({ status }: PlannedVisit): boolean {
  return (
    status === 'not-yet-due' ||
    status === 'due' ||
    status === 'overdue' ||
    status === 'forecast' ||
    status === 'on-hold'
  );
}

/** Whether an escalation still needs an answer, in time or late. */
export function isUnanswered({ status }: PlannedEscalation): boolean {
  return status === 'open' || status === 'overdue';
}

/** A visit's status, with how many days are left or how late it is. */
export function visitStatusInWords(visit: PlannedVisit, asOf: string): string {
  const { status, earliest, latest } = visit;
  if (status === 'overdue') return `overdue by ${counted(daysBetween(latest, asOf), 'day')}`;
  if (status === 'due') return `due, ${counted(daysBetween(asOf, latest), 'day')} left`;
  const ahead = daysBetween(asOf, earliest);
  if (status === 'not-yet-due' && ahead <= 365)
    return `not yet due, ${counted(ahead, 'day')} to go`;
  return spaced(status);
}

/** An escalation's status, with how many days are left or how late it is. */
export function escalationStatusInWords(escalation: PlannedEscalation, asOf: string): string {
  const { status, dueBy, answeredBy } = escalation;
  if (status === 'overdue') return `overdue by ${counted(daysBetween(dueBy, asOf), 'day')}`;
  if (status === 'open') return `open, ${counted(daysBetween(asOf, dueBy), 'day')} left`;
  return answeredBy === null ? status : `${status} by ${answeredBy}`;
}

/** Rule, section and protocol of a line: `interval (3.3), staged-risk-adapted 1.0.0`. */
export function ruleInWords({ rule, section, protocol }: Because): string {
  return `${rule} (${section}), ${protocol.id} ${protocol.version}`;
}

/** The date that a line is counted from: `ablation on 2026-01-15`, `imaging x1 on 2026-04-20`. */
export function anchorInWords({ anchor }: Because): string {
  return `${spaced(anchor.kind)}${anchor.event === null ? '' : ` ${anchor.event}`} on ${anchor.date}`;
}

/** The sources of a line, each with its certainty. */
export function citationsInWords({ citations }: Because): string {
  return citations.map(({ source, certainty }) => `${source}: ${spaced(certainty)}`).join('; ');
}

/** The category in force, and whether it is assumed. */
export function categoryInWords({ category, categoryAssumed }: Plan): string {
  return `BI-RADS ${category}${categoryAssumed ? ' (assumed)' : ''}`;
}

/** The followed breast; a case need not say which. */
export function breastInWords({ episode }: Plan): string {
  return episode.laterality ? `${episode.laterality} breast` : 'side not recorded';
}
