import type { Bucket } from '../plan/worklist-buckets.ts';
import type { RowChange, RowChangeKind, WorklistDiff } from '../plan/worklist-diff.ts';
import type { Worklist, WorklistRow } from '../plan/worklist-row.ts';
import { causeOfChange, causeOfResolution, type EpisodeNow, sameDates } from './row-cause.ts';
import { compareRows } from './row-order.ts';

const LATE: ReadonlySet<Bucket> = new Set(['escalation-overdue', 'overdue']);

/**
 * What became of the open items of one episode between two days; unchanged ones are left out. `now`
 * is null where the episode is no longer in the cohort.
 * @throws RangeError for rows of an episode that is said to be gone
 */
export function diffRows(
  before: readonly WorklistRow[],
  after: readonly WorklistRow[],
  now: EpisodeNow | null,
): RowChange[] {
  const old = new Map(before.map((row) => [row.item, row]));
  const kept = new Set(after.map(({ item }) => item));
  if (now === null && after.length > 0) throw new RangeError('an episode with rows is not gone');
  const changes: RowChange[] = [];
  for (const row of after) {
    const was = old.get(row.item) ?? null;
    const kind = kindOf(was, row);
    if (kind !== null && now !== null) {
      changes.push({ kind, before: was, after: row, cause: causeOfChange(was, row, now) });
    }
  }
  for (const row of before) {
    if (kept.has(row.item)) continue;
    const cause = causeOfResolution(row, now);
    changes.push({ kind: 'resolved', before: row, after: null, cause });
  }
  return changes;
}

function kindOf(was: WorklistRow | null, row: WorklistRow): RowChangeKind | null {
  if (was === null) return 'appeared';
  if (LATE.has(row.bucket) && !LATE.has(was.bucket)) return 'became-overdue';
  if (!sameDates(was, row)) return 'moved';
  return was.bucket === row.bucket ? null : 'changed';
}

/**
 * What changed between two whole worklists, for the nightly report. `episodeNow` gives an episode as
 * it is now, or null where it is gone.
 * @throws RangeError for a filtered list, of which every hidden item would seem resolved
 */
export function diffWorklists(
  before: Worklist,
  after: Worklist,
  episodeNow: (clinic: string, episode: string) => EpisodeNow | null,
): WorklistDiff {
  if (before.leftOut > 0 || after.leftOut > 0) {
    throw new RangeError('only whole worklists can be compared, not filtered ones');
  }
  const old = byEpisode(before.rows);
  const current = byEpisode(after.rows);
  const changes: RowChange[] = [];
  for (const episode of new Set([...current.keys(), ...old.keys()])) {
    const rows = current.get(episode) ?? [];
    const was = old.get(episode) ?? [];
    const [sample] = rows.length > 0 ? rows : was;
    if (sample === undefined) continue;
    changes.push(...diffRows(was, rows, episodeNow(sample.clinic, sample.episode)));
  }
  const changed = changes.filter(({ kind }) => kind !== 'resolved').length;
  return collectChanges(changes, before.asOf, after.asOf, after.rows.length - changed);
}

/** Sorts the changes of many episodes into a difference. */
export function collectChanges(
  changes: Iterable<RowChange>,
  from: string,
  to: string,
  unchanged: number,
): WorklistDiff {
  const lists: Record<RowChangeKind, RowChange[]> = {
    'became-overdue': [],
    appeared: [],
    moved: [],
    changed: [],
    resolved: [],
  };
  for (const change of changes) lists[change.kind].push(change);
  for (const list of Object.values(lists)) list.sort(compareChanges);
  return {
    asOf: { from, to },
    becameOverdue: lists['became-overdue'],
    appeared: lists.appeared,
    moved: lists.moved,
    changed: lists.changed,
    resolved: lists.resolved,
    unchanged,
  };
}

function compareChanges(a: RowChange, b: RowChange): number {
  const [x, y] = [a.after ?? a.before, b.after ?? b.before];
  return x === null || y === null ? 0 : compareRows(x, y);
}

function byEpisode(rows: readonly WorklistRow[]): Map<string, WorklistRow[]> {
  const episodes = new Map<string, WorklistRow[]>();
  for (const row of rows) {
    const episode = JSON.stringify([row.clinic, row.episode]);
    const list = episodes.get(episode);
    if (list === undefined) episodes.set(episode, [row]);
    else list.push(row);
  }
  return episodes;
}
