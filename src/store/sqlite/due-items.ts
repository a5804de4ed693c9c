import { contentSeal, type Seal } from '../audit-chain.ts';
import { planContent } from '../content.ts';
import {
  DUE_KINDS,
  type DueItem,
  type DueQuery,
  type DueRow,
  type PlanOutcome,
  type SavedPlan,
} from '../due-item.ts';
import { done, notFound, type Result } from '../result.ts';
import { sameItems } from '../sameness.ts';
import type { Connection, Row } from './connection.ts';
import { clinicExists } from './protocols.ts';
import { day, flag, given, text, textOrNull, whole, wholeOrNull, word } from './rows.ts';
import type { Note } from './unit-of-work.ts';

/** The dates of the plans. */

function readItem(row: Row): DueItem {
  return {
    key: text(row, 'item_key'),
    kind: word(row, 'kind', DUE_KINDS),
    earliest: day(row, 'earliest'),
    target: day(row, 'target'),
    latest: day(row, 'latest'),
    open: flag(row, 'open'),
  };
}

/** The saved items of an episode, in the order of its plan. */
export function itemsOf(connection: Connection, clinic: number, episode: number): DueItem[] {
  return connection
    .all(
      `SELECT item_key, kind, earliest, target, latest, open FROM due_item
       WHERE episode_id = ? AND clinic_id = ? ORDER BY seq`,
      episode,
      clinic,
    )
    .map(readItem);
}

export function savePlans(
  connection: Connection,
  seal: Seal,
  note: Note,
  { clinic, plans }: { readonly clinic: number; readonly plans: readonly SavedPlan[] },
): Result<readonly PlanOutcome[]> {
  if (!clinicExists(connection, clinic)) return notFound('clinic');
  const saved = new Set<number>();
  const outcomes = plans.map((plan) => {
    const outcome = savePlan(connection, seal, clinic, plan);
    if (outcome === 'saved') saved.add(plan.episode);
    return outcome;
  });
  // One row for all of them: a plan follows from the facts, which have rows of their own.
  if (saved.size > 0) note({ action: 'plans.saved', clinic, detail: { episodes: [...saved] } });
  return done(outcomes);
}

function savePlan(
  connection: Connection,
  seal: Seal,
  clinic: number,
  plan: SavedPlan,
): PlanOutcome {
  const { episode, restsOn, items } = plan;
  const head = connection.get(
    'SELECT version, plan_version, erased_at FROM episode WHERE clinic_id = ? AND id = ?',
    clinic,
    episode,
  );
  if (head === undefined) return 'not-found';
  if (head.erased_at !== null) return 'erased';
  if (whole(head, 'version') !== restsOn) return 'conflict';
  const known = itemsOf(connection, clinic, episode);
  const same = sameItems(known, items);
  if (same && wholeOrNull(head, 'plan_version') === restsOn) return 'unchanged';
  if (!same) replaceItems(connection, clinic, episode, items);
  connection.run(
    'UPDATE episode SET plan_version = ?, plan_seal = ? WHERE clinic_id = ? AND id = ?',
    restsOn,
    contentSeal(seal, planContent(plan)),
    clinic,
    episode,
  );
  return 'saved';
}

function replaceItems(
  connection: Connection,
  clinic: number,
  episode: number,
  items: readonly DueItem[],
): void {
  deleteItems(connection, clinic, episode);
  for (const [index, { key, kind, earliest, target, latest, open }] of items.entries()) {
    connection.run(
      `INSERT INTO due_item
         (clinic_id, episode_id, seq, item_key, kind, earliest, target, latest, open)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      clinic,
      episode,
      index + 1,
      key,
      kind,
      earliest,
      target,
      latest,
      open ? 1 : 0,
    );
  }
}

export function deleteItems(connection: Connection, clinic: number, episode: number): void {
  connection.run('DELETE FROM due_item WHERE episode_id = ? AND clinic_id = ?', episode, clinic);
}

const ORDER = 'd.earliest, d.kind, d.target, d.latest, d.episode_id, d.seq';

/** The range is read from the partial index; only the rows found are looked up. */
export function findDue(connection: Connection, query: DueQuery): DueRow[] {
  const { clinic, from = Number.MIN_SAFE_INTEGER, to, after, limit } = query;
  const sql = (behind: string) =>
    `SELECT ${ORDER}, d.item_key, e.external_id, e.patient_ref
     FROM due_item d INDEXED BY due_item_open CROSS JOIN episode e ON e.id = d.episode_id
     WHERE d.clinic_id = ? AND d.open = 1 AND d.earliest >= ? AND d.earliest <= ? ${behind}
     ORDER BY ${ORDER} LIMIT ?`;
  const rows =
    after === undefined
      ? connection.all(sql(''), clinic, from, to, limit)
      : connection.all(
          sql(`AND (${ORDER}) > (?, ?, ?, ?, ?, ?)`),
          clinic,
          Math.max(from, after.earliest),
          to,
          after.earliest,
          after.kind,
          after.target,
          after.latest,
          after.episode,
          after.seq,
          limit,
        );
  return rows.map((row) => ({
    key: text(row, 'item_key'),
    kind: word(row, 'kind', DUE_KINDS),
    earliest: day(row, 'earliest'),
    target: day(row, 'target'),
    latest: day(row, 'latest'),
    episode: whole(row, 'episode_id'),
    seq: whole(row, 'seq'),
    externalId: text(row, 'external_id'),
    ...given('patientRef', textOrNull(row, 'patient_ref')),
  }));
}
