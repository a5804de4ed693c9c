import type { Because, JudgedExam, Plan, PlannedEscalation, PlannedVisit } from '../plan/plan.ts';
import type { Note } from '../plan/schedule.ts';
import { anchorInWords, citationsInWords } from './plan-words.ts';
import { csvRecord } from './sanitize.ts';

const COLUMNS = [
  'episode',
  'patient_ref',
  'laterality',
  'as_of',
  'phase',
  'course',
  'item',
  'key',
  'kind',
  'status',
  'date',
  'earliest',
  'target',
  'latest',
  'due_by',
  'modalities',
  'bi_rads',
  'triggers',
  'answered_by',
  'visit',
  'appointment',
  'location',
  'needs_review',
  'why',
  'rule',
  'section',
  'counted_from',
  'caused_by',
  'sources',
  'protocol',
  'protocol_version',
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/** The names of the columns, as the first record. */
export const CSV_HEAD = csvRecord(COLUMNS);

/**
 * The rows of one plan: the plan itself (its tier as `kind`, the course's ablation as `date`), then each
 * escalation, visit, exam, assumption and warning is one record, told apart by `item`. `date` is the
 * day on which an exam was done or an escalation raised. Lists are joined
 * with a space, dates are ISO 8601, an empty cell is a fact that the item does not have. RFC 4180.
 */
export function toCsvRows(plan: Plan): string {
  const { episode, protocol } = plan;
  const shared: Row = {
    episode: episode.id,
    patient_ref: episode.patientRef ?? '',
    laterality: episode.laterality ?? '',
    as_of: plan.asOf,
    phase: plan.phase,
    course: String(plan.course),
    protocol: protocol.id,
    protocol_version: protocol.version,
  };
  return [
    planRow(plan),
    ...plan.escalations.map(escalationRow),
    ...plan.visits.map(visitRow),
    ...plan.exams.map(examRow),
    ...plan.assumptions.map((note) => noteRow('assumption', note)),
    ...plan.warnings.map((note) => noteRow('warning', note)),
  ]
    .map((row) => ({ ...shared, ...row }))
    .map((row: Row) => csvRecord(COLUMNS.map((column) => row[column] ?? '')))
    .join('');
}

/** Some plans as one CSV document with its head. */
export function toCsv(plans: readonly Plan[]): string {
  return CSV_HEAD + plans.map(toCsvRows).join('');
}

function planRow({ phase, category, categoryAssumed, tier, tierFactors, ablationDate }: Plan): Row {
  return {
    item: 'plan',
    kind: tier,
    status: phase,
    date: ablationDate,
    bi_rads: category,
    triggers: tierFactors.join(' '),
    why: categoryAssumed ? 'The category is assumed.' : '',
  };
}

function visitRow(visit: PlannedVisit): Row {
  const { key, kind, status, earliest, target, latest, modalities, booking, because } = visit;
  return {
    item: 'visit',
    key,
    kind,
    status,
    earliest,
    target,
    latest,
    modalities: modalities.join(' '),
    appointment: booking?.appointment ?? '',
    location: booking?.location ?? '',
    needs_review: visit.needsReview ? 'yes' : 'no',
    ...becauseCells(because),
  };
}

function escalationRow(escalation: PlannedEscalation): Row {
  const { key, action, modality, status, raisedOn, dueBy, triggers, answeredBy } = escalation;
  return {
    item: 'escalation',
    key,
    kind: action,
    status,
    date: raisedOn,
    due_by: dueBy,
    modalities: modality ?? '',
    triggers: triggers.join(' '),
    answered_by: answeredBy ?? '',
    needs_review: escalation.conflict ? 'yes' : 'no',
    ...becauseCells(escalation.because),
  };
}

function examRow({ id, date, modality, biRads, verdict, visit, lanes, reason }: JudgedExam): Row {
  return {
    item: 'exam',
    key: id,
    status: verdict,
    date,
    modalities: modality,
    bi_rads: biRads ?? '',
    visit: [...(visit === null ? [] : [visit]), ...lanes].join(' '),
    why: reason,
  };
}

function noteRow(item: string, { code, message, event }: Note): Row {
  return { item, key: event ?? '', kind: code, why: message };
}

function becauseCells(because: Because): Row {
  return {
    why: because.arithmetic.join(' '),
    rule: because.rule,
    section: because.section,
    counted_from: anchorInWords(because),
    caused_by: because.causedBy ?? '',
    sources: citationsInWords(because),
  };
}
