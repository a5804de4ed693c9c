import { contentSeal, type Seal } from '../audit-chain.ts';
import { eventsContent } from '../content.ts';
import { type EventColumns, readEvent } from '../event-text.ts';
import type { Connection, Row } from './connection.ts';
import { eventColumnsOf } from './events.ts';
import { whole } from './rows.ts';
import { type AcknowledgedAppends, appendKey } from './verify-acknowledgements.ts';
import { sameAuthor } from './verify-facts.ts';

/** Compares the events with the audit log, append by append, each with its acknowledgement. */
export function* eventFindings(
  connection: Connection,
  seal: Seal,
  acknowledged: AcknowledgedAppends,
): Generator<string> {
  const rows = connection.each(
    `SELECT e.*, a.content, a.at, a.actor FROM event e LEFT JOIN audit a
       ON a.episode_id = e.episode_id AND a.version = e.version AND a.clinic_id = e.clinic_id
       AND a.action = 'events.appended'
     ORDER BY e.clinic_id, e.episode_id, e.seq`,
  );
  let group:
    | { readonly of: string; readonly row: Row; readonly events: EventColumns[] }
    | undefined;
  const finding = () => {
    if (group === undefined) return [];
    const content = eventsContent(group.events, acknowledged.get(appendKey(group.row)));
    if (contentSeal(seal, content) === group.row.content) return [];
    return [`the events of episode ${whole(group.row, 'episode_id')} were changed`];
  };
  let place = { episode: 0, seq: 0 };
  for (const row of rows) {
    const episode = whole(row, 'episode_id');
    const seq = whole(row, 'seq');
    const columns = eventColumnsOf(row);
    readEvent(columns);
    const expected = place.episode === episode ? place.seq + 1 : 1;
    if (!sameAuthor(row) || seq !== expected) yield `the events of episode ${episode} were changed`;
    place = { episode, seq };
    const of = `${episode} ${whole(row, 'version')}`;
    if (group?.of === of) group.events.push(columns);
    else {
      yield* finding();
      group = { of, row, events: [columns] };
    }
  }
  yield* finding();
}
