import { contentSeal, type Seal } from '../audit-chain.ts';
import { calendarContent, planContent } from '../content.ts';
import { readFacts } from '../event-text.ts';
import { entriesOf } from './calendars.ts';
import type { Connection, Row } from './connection.ts';
import { itemsOf } from './due-items.ts';
import { text, textOrNull, whole, wholeOrNull } from './rows.ts';

/** The head of every episode: version, names, due items, erasure. */
export function* headFindings(connection: Connection, seal: Seal): Generator<string> {
  const rows = connection.each(
    `SELECT e.id, e.clinic_id, e.version, e.plan_version, e.plan_seal, e.external_id, e.patient_ref,
            e.erased_at, a.version AS written, x.at AS erased, f.facts
     FROM episode e
     LEFT JOIN (SELECT episode_id, clinic_id, max(version) AS version FROM audit
                WHERE version IS NOT NULL GROUP BY episode_id, clinic_id) a
       ON a.episode_id = e.id AND a.clinic_id = e.clinic_id
     LEFT JOIN (SELECT j.value AS episode_id, max(at) AS at FROM audit, json_each(detail, '$.episodes') j
                WHERE action = 'patient.erased' GROUP BY j.value) x ON x.episode_id = e.id
     LEFT JOIN episode_facts f
       ON f.clinic_id = e.clinic_id AND f.episode_id = e.id AND f.version = e.facts_version`,
  );
  for (const row of rows) {
    const id = whole(row, 'id');
    if (row.version !== row.written) yield `the version of episode ${id} was changed`;
    if (row.erased_at !== row.erased) yield `the erasure of episode ${id} was changed`;
    if (row.erased_at === null && !sameNames(row)) yield `the names of episode ${id} were changed`;
    if (!samePlan(connection, seal, row)) yield `the due items of episode ${id} were changed`;
  }
}

function sameNames(row: Row): boolean {
  if (row.facts === null) return false;
  const facts = readFacts(text(row, 'facts'));
  return (
    facts.id.toWellFormed() === text(row, 'external_id') &&
    (facts.patientRef?.toWellFormed() ?? null) === textOrNull(row, 'patient_ref')
  );
}

function samePlan(connection: Connection, seal: Seal, row: Row): boolean {
  const episode = whole(row, 'id');
  const items = itemsOf(connection, whole(row, 'clinic_id'), episode);
  const restsOn = wholeOrNull(row, 'plan_version');
  if (restsOn === null) return items.length === 0;
  return contentSeal(seal, planContent({ episode, restsOn, items })) === row.plan_seal;
}

/** The calendar events of every episode, as its newest audit row about them knows them. */
export function* calendarFindings(connection: Connection, seal: Seal): Generator<string> {
  const episodes = connection.each(
    `SELECT c.clinic_id, c.episode_id, a.content
     FROM (SELECT DISTINCT clinic_id, episode_id FROM calendar_revision
           UNION SELECT a.clinic_id, a.episode_id FROM audit a
           JOIN episode e ON e.id = a.episode_id AND e.erased_at IS NULL
           WHERE a.action = 'calendar.saved') c
     LEFT JOIN (SELECT episode_id, max(seq) AS seq FROM audit
                WHERE action = 'calendar.saved' GROUP BY episode_id) l ON l.episode_id = c.episode_id
     LEFT JOIN audit a ON a.seq = l.seq`,
  );
  for (const row of episodes) {
    const episode = whole(row, 'episode_id');
    const entries = entriesOf(connection, { clinic: whole(row, 'clinic_id'), episode });
    if (contentSeal(seal, calendarContent(entries)) !== row.content) {
      yield `the calendar of episode ${episode} was changed`;
    }
  }
}
