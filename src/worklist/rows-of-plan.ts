import { addDays, formatDay } from '../domain/civil-date.ts';
import { RULES } from '../domain/rule.ts';
import type { Plan, PlannedEscalation, PlannedVisit } from '../plan/plan.ts';
import type { Bucket } from '../plan/worklist-buckets.ts';
import type { RowAppointment, RowSuggestion, WorklistRow } from '../plan/worklist-row.ts';
import type { ClinicCalendar } from './clinic-calendar.ts';
import { contactsAbout } from './contacts-about.ts';
import { openItems } from './open-items.ts';
import { planDay } from './plan-day.ts';
import {
  escalationReason,
  factsReason,
  noVisitLeftReason,
  type RowReason,
  visitReason,
} from './row-reason.ts';
import { suggestDay } from './suggest-day.ts';
import { appointmentStands, bucketOfVisit, type VisitDays, visitDays } from './visit-bucket.ts';

/** What the rows of a plan need beside it. */
export interface RowSettings {
  readonly clinic: string;
  /** How many days ahead a window that opens is "soon"; 0 or more. */
  readonly soonDays: number;
  /** Absent: no day is suggested. */
  readonly calendar?: ClinicCalendar | undefined;
  /** The code under which a minimal calendar shows an item; null: none is asked for. */
  readonly codeOf?: ((item: string, bucket: Bucket) => string | null) | undefined;
}

/** Buckets in which a day is suggested: those of which someone is to make an appointment. */
const ASKS_FOR_A_DAY: ReadonlySet<Bucket> = new Set(['overdue', 'due', 'opens-soon']);

/** The open items of a plan as rows, each in its one bucket, in no particular order. */
export function rowsOfPlan(plan: Plan, settings: RowSettings): WorklistRow[] {
  const { escalations, staged, lanes, facts, noVisitLeft } = openItems(plan);
  const visits = staged === null ? lanes : [staged, ...lanes];
  return [
    ...escalations.map((escalation) => escalationRow(plan, escalation, settings)),
    ...visits.map((visit) => visitRow(plan, visit, settings)),
    ...(facts.length === 0
      ? []
      : [episodeRow(plan, settings, 'facts', 'data-to-complete', factsReason(plan, facts))]),
    ...(noVisitLeft
      ? [episodeRow(plan, settings, 'no-visit-left', 'to-close', noVisitLeftReason())]
      : []),
  ];
}

function sharedFields({ asOf, episode, phase, tier }: Plan, { clinic }: RowSettings) {
  return {
    asOf,
    clinic,
    patientRef: episode.patientRef ?? null,
    episode: episode.id,
    side: episode.laterality,
    phase,
    tier,
  };
}

function ruleOf({ protocol: { id, version } }: Plan, { rule }: RowReason): WorklistRow['rule'] {
  return { id: rule, section: RULES[rule].section, protocol: { id, version } };
}

function escalationRow(
  plan: Plan,
  escalation: PlannedEscalation,
  settings: RowSettings,
): WorklistRow {
  const { key, action, modality, triggers, raisedOn, dueBy, status, conflict } = escalation;
  const bucket = status === 'overdue' ? 'escalation-overdue' : 'escalation';
  const reason = escalationReason(plan, escalation);
  return {
    ...sharedFields(plan, settings),
    item: key,
    kind: 'escalation',
    bucket,
    code: settings.codeOf?.(key, bucket) ?? null,
    action,
    triggers,
    window: null,
    since: raisedOn,
    deadline: dueBy,
    daysLate: planDay(plan.asOf) - planDay(dueBy),
    modalities: modality === null ? [] : [modality],
    needsReview: conflict,
    until: reason.until,
    reason: reason.sentence,
    rule: ruleOf(plan, reason),
    contacts: contactsAbout(plan, key, raisedOn),
    booked: null,
    suggested: null,
  };
}

function visitRow(plan: Plan, visit: PlannedVisit, settings: RowSettings): WorklistRow {
  const { key, kind, earliest, target, latest, modalities, needsReview } = visit;
  const { soonDays, calendar } = settings;
  const asOf = planDay(plan.asOf);
  const days = visitDays(visit);
  const suspendedUntil = plan.suspendedUntil === null ? null : planDay(plan.suspendedUntil);
  const bucket = bucketOfVisit(visit, days, { asOf, soonDays, suspendedUntil });
  const reason = visitReason(plan, visit, bucket, days);
  return {
    ...sharedFields(plan, settings),
    item: key,
    kind: kind === 'lane' ? 'lane' : 'staged',
    bucket,
    code: settings.codeOf?.(key, bucket) ?? null,
    action: null,
    triggers: [],
    window: { earliest, target, latest },
    since: earliest,
    deadline: latest,
    daysLate: asOf - days.latest,
    modalities,
    needsReview,
    until: reason.until,
    reason: reason.sentence,
    rule: ruleOf(plan, reason),
    contacts: contactsAbout(plan, key, formatDay(addDays(days.earliest, -soonDays))),
    booked: appointmentOf(visit, days, plan),
    suggested:
      calendar !== undefined && ASKS_FOR_A_DAY.has(bucket)
        ? suggestionFor(visit, days, plan, calendar)
        : null,
  };
}

function appointmentOf(
  { booking }: PlannedVisit,
  days: VisitDays,
  plan: Plan,
): RowAppointment | null {
  if (booking === null || days.appointment === null) return null;
  return {
    event: booking.event,
    day: formatDay(days.appointment),
    appointment: booking.appointment,
    ...(booking.location === undefined ? {} : { location: booking.location }),
    stands: appointmentStands(days, planDay(plan.asOf)),
  };
}

function suggestionFor(
  visit: PlannedVisit,
  { earliest, latest }: VisitDays,
  plan: Plan,
  calendar: ClinicCalendar,
): RowSuggestion {
  const window = { earliest, target: planDay(visit.target), latest };
  const suggested = suggestDay(window, calendar, planDay(plan.asOf));
  return suggested.found
    ? { day: formatDay(suggested.day), fromTarget: suggested.fromTarget, why: null }
    : { day: null, fromTarget: null, why: suggested.why };
}

function episodeRow(
  plan: Plan,
  settings: RowSettings,
  kind: 'facts' | 'no-visit-left',
  bucket: Bucket,
  reason: RowReason,
): WorklistRow {
  return {
    ...sharedFields(plan, settings),
    item: kind,
    kind,
    bucket,
    code: null,
    action: null,
    triggers: [],
    window: null,
    since: null,
    deadline: null,
    daysLate: null,
    modalities: [],
    needsReview: false,
    until: reason.until,
    reason: reason.sentence,
    rule: ruleOf(plan, reason),
    contacts: contactsAbout(plan, kind, null),
    booked: null,
    suggested: null,
  };
}
