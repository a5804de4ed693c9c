import { type Erased, type Erasure, erasureEntry, patientRefsIn } from '../erasure.ts';
import { notFound } from '../result.ts';
import { type Decided, episodeAt, replaceEpisode } from './memory-change.ts';
import type { MemoryEpisode, MemoryState } from './memory-state.ts';
import { leavingSubscriptions } from './memory-subscriptions.ts';

/** Takes away all that is known of a patient; the numbers of the episodes stay taken. */
export function erasePatient(state: MemoryState, work: Erasure): Decided<Erased> {
  const { clinic, whose, ground } = work;
  const found: [number, MemoryEpisode][] = [];
  if ('episode' in whose) {
    const one = episodeAt(state, { clinic, episode: whose.episode });
    if (!('episode' in one)) return one;
    found.push([whose.episode, one.episode]);
  } else {
    for (const [id, kept] of state.episodes) {
      if (kept.clinic === clinic && kept.episode?.patientRef === whose.patientRef) {
        if (kept.episode !== null) found.push([id, kept.episode]);
      }
    }
    if (found.length === 0) return notFound('episode');
  }
  const episodes = found.map(([id]) => id).sort((a, b) => a - b);
  const events = found.reduce((sum, [, episode]) => sum + episode.events.length, 0);
  const stated = found.flatMap(([, { statements }]) => statements.map(({ facts }) => facts));
  const subscriptions = leavingSubscriptions(state, clinic, patientRefsIn(stated), episodes);
  return {
    value: { episodes, events, purged: true },
    audit: [erasureEntry({ clinic, episodes, events, ground, subscriptions })],
    apply: () => {
      for (const selector of subscriptions) state.subscriptions.delete(selector);
      for (const id of episodes) replaceEpisode(state, { clinic, episode: id }, null);
    },
  };
}
