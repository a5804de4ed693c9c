import { contentSeal, type Seal } from '../audit-chain.ts';
import { clinicCalendarContent, runContent } from '../content.ts';
import type { Connection } from './connection.ts';
import { readRun } from './nightly-runs.ts';
import { text, whole } from './rows.ts';
import { sameAuthor } from './verify-facts.ts';

/** The closed days of every clinic, as their newest audit row knows them. */
export function* clinicCalendarFindings(connection: Connection, seal: Seal): Generator<string> {
  const rows = connection.each(
    `SELECT c.id, k.document, k.recorded_at, k.recorded_by, a.content, a.at, a.actor
     FROM (SELECT clinic_id AS id FROM clinic_calendar
           UNION SELECT clinic_id FROM audit WHERE action = 'clinic.calendar-set') c
     LEFT JOIN clinic_calendar k ON k.clinic_id = c.id
     LEFT JOIN audit a ON a.seq = (
       SELECT max(seq) FROM audit WHERE action = 'clinic.calendar-set' AND clinic_id = c.id)`,
  );
  for (const row of rows) {
    const fits =
      row.document !== null &&
      contentSeal(seal, clinicCalendarContent(text(row, 'document'))) === row.content &&
      sameAuthor(row);
    if (!fits) yield `the closed days of clinic ${whole(row, 'id')} were changed`;
  }
}

/** Every run of the nightly job, as its newest audit row knows it. */
export function* runFindings(connection: Connection, seal: Seal): Generator<string> {
  const known = new Map<string, unknown>();
  const written = connection.each(
    `SELECT clinic_id, json_extract(detail, '$.run') AS run, content FROM audit
     WHERE action IN ('run.started', 'run.renewed', 'run.finished') ORDER BY seq`,
  );
  for (const row of written) {
    known.set(`${whole(row, 'clinic_id')} ${whole(row, 'run')}`, row.content);
  }
  for (const row of connection.each('SELECT * FROM nightly_run')) {
    const [clinic, run] = [whole(row, 'clinic_id'), whole(row, 'run')];
    const content = known.get(`${clinic} ${run}`);
    known.delete(`${clinic} ${run}`);
    if (contentSeal(seal, runContent(readRun(row))) !== content) {
      yield `run ${run} of clinic ${clinic} was changed`;
    }
  }
  for (const name of known.keys()) {
    const [clinic, run] = name.split(' ');
    yield `run ${run} of clinic ${clinic} is missing`;
  }
}
