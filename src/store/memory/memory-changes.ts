import type { ChangesQuery, EpisodeChanges } from '../episode-changes.ts';
import type { MemoryState } from './memory-state.ts';

const CHANGES = ['episode.registered', 'episode.revised', 'episode.pinned', 'events.appended'];

/** What was changed behind a row of the audit log, as the log tells it. */
export function listChanges(
  state: MemoryState,
  { clinic, afterAudit }: ChangesQuery,
): EpisodeChanges {
  const rows = state.audit.filter((row) => row.seq > afterAudit && row.clinic === clinic);
  const before = new Map<number, number>();
  for (const { action, episode, version } of rows) {
    if (episode === null || version === null || !CHANGES.includes(action)) continue;
    before.set(episode, Math.min(before.get(episode) ?? version, version - 1));
  }
  const erased = rows.flatMap(({ action, detail }) =>
    action === 'patient.erased' ? (JSON.parse(detail).episodes as number[]) : [],
  );
  for (const episode of erased) before.delete(episode);
  return {
    changed: [...before]
      .sort(([a], [b]) => a - b)
      .map(([episode, versionBefore]) => ({ episode, versionBefore })),
    erased: erased.sort((a, b) => a - b),
  };
}
