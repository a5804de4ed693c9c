import { compareTexts } from '../../domain/compare-texts.ts';
import { viewEntry } from '../access-audit.ts';
import type { AccountScope } from '../account.ts';
import { done, type Result } from '../result.ts';
import { keptView, type SavedView } from '../saved-view.ts';
import { roleFault } from './accounts.ts';
import type { Connection } from './connection.ts';
import { text } from './rows.ts';
import type { Note } from './unit-of-work.ts';

/** The saved views of the accounts. */

export function listViews(connection: Connection, { clinic, account }: AccountScope): SavedView[] {
  return connection
    .all(
      'SELECT name, query FROM saved_view WHERE clinic_id = ? AND account_id = ?',
      clinic,
      account,
    )
    .map((row) => ({ name: text(row, 'name'), query: text(row, 'query') }))
    .sort((a, b) => compareTexts(a.name, b.name));
}

export function saveView(
  connection: Connection,
  note: Note,
  work: AccountScope & { readonly view: SavedView },
): Result<{ readonly changed: boolean }> {
  const fault = roleFault(connection, work);
  if (fault !== undefined) return fault;
  const view = keptView(work.view);
  if ('outcome' in view) return view;
  const same = ({ name, query }: SavedView) => name === view.name && query === view.query;
  if (listViews(connection, work).some(same)) return done({ changed: false });
  connection.run(
    `INSERT INTO saved_view (clinic_id, account_id, name, query) VALUES (?, ?, ?, ?)
     ON CONFLICT (clinic_id, account_id, name) DO UPDATE SET query = excluded.query`,
    work.clinic,
    work.account,
    view.name,
    view.query,
  );
  note(viewEntry('view.saved', work, listViews(connection, work)));
  return done({ changed: true });
}

export function removeView(
  connection: Connection,
  note: Note,
  work: AccountScope & { readonly name: string },
): Result<{ readonly changed: boolean }> {
  const removed = connection.run(
    'DELETE FROM saved_view WHERE clinic_id = ? AND account_id = ? AND name = ?',
    work.clinic,
    work.account,
    work.name.toWellFormed(),
  );
  if (removed > 0) note(viewEntry('view.removed', work, listViews(connection, work)));
  return done({ changed: removed > 0 });
}
