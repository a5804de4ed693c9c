import type { Worklist, WorklistRow } from '../plan/worklist-row.ts';
import { csvRecord } from './sanitize.ts';

/** What each column tells of a row. Days late and days left are apart, so that no number has a sign. */
const COLUMNS: Readonly<Record<string, (row: WorklistRow) => string | number | null | undefined>> =
  {
    as_of: ({ asOf }) => asOf,
    bucket: ({ bucket }) => bucket,
    days_late: ({ daysLate }) => (daysLate === null || daysLate <= 0 ? null : daysLate),
    days_left: ({ daysLate }) => (daysLate === null || daysLate > 0 ? null : Math.abs(daysLate)),
    clinic: ({ clinic }) => clinic,
    patient_ref: ({ patientRef }) => patientRef,
    episode: ({ episode }) => episode,
    side: ({ side }) => side,
    tier: ({ tier }) => tier,
    phase: ({ phase }) => phase,
    item: ({ item }) => item,
    kind: ({ kind }) => kind,
    code: ({ code }) => code,
    action: ({ action }) => action,
    triggers: ({ triggers }) => triggers.join(' '),
    earliest: ({ window }) => window?.earliest,
    target: ({ window }) => window?.target,
    latest: ({ window }) => window?.latest,
    since: ({ since }) => since,
    deadline: ({ deadline }) => deadline,
    waits_until: ({ until }) => until,
    modalities: ({ modalities }) => modalities.join(' '),
    needs_review: ({ needsReview }) => (needsReview ? 'yes' : 'no'),
    booked: ({ booked }) => (booked === null ? null : booked.stands ? 'yes' : 'no'),
    appointment: ({ booked }) => booked?.appointment,
    location: ({ booked }) => booked?.location,
    suggested_day: ({ suggested }) => suggested?.day,
    no_suggestion: ({ suggested }) => suggested?.why,
    contacts: ({ contacts }) => contacts.count,
    last_contact: ({ contacts }) => contacts.last?.date,
    last_method: ({ contacts }) => contacts.last?.method,
    last_outcome: ({ contacts }) => contacts.last?.outcome,
    reason: ({ reason }) => reason,
    rule: ({ rule }) => rule.id,
    section: ({ rule }) => rule.section,
    protocol: ({ rule }) => rule.protocol.id,
    protocol_version: ({ rule }) => rule.protocol.version,
  };

/** The names of the columns, as the first record. */
export const WORKLIST_CSV_HEAD = csvRecord(Object.keys(COLUMNS));

/** One row as one record; an empty cell is a fact that the item does not have. RFC 4180. */
export function rowToCsv(row: WorklistRow): string {
  return csvRecord(Object.values(COLUMNS).map((tell) => String(tell(row) ?? '')));
}

/** A worklist as a CSV document, one record a row, in its order. */
export function worklistToCsv({ rows }: Worklist): string {
  return WORKLIST_CSV_HEAD + rows.map(rowToCsv).join('');
}
