import type { CalendarEntry } from '../calendar-entry.ts';
import { calendarContent } from '../content.ts';
import type { PlanOutcome, SavedPlan } from '../due-item.ts';
import { notFound, refused } from '../result.ts';
import { sameEntry, sameItems, sortedEntries } from '../sameness.ts';
import type { CalendarChange } from '../store.ts';
import type { EpisodeScope } from '../stored-case.ts';
import { type Decided, episodeAt, replaceEpisode, unchanged } from './memory-change.ts';
import type { MemoryEpisode, MemoryState } from './memory-state.ts';

/** The changes of what is derived from the facts: due items and calendar events. */

export function savePlans(
  state: MemoryState,
  { clinic, plans }: { readonly clinic: number; readonly plans: readonly SavedPlan[] },
): Decided<readonly PlanOutcome[]> {
  if (!state.clinics.has(clinic)) return notFound('clinic');
  const saved = new Map<number, MemoryEpisode>();
  const outcomes = plans.map(({ episode: id, restsOn, items }): PlanOutcome => {
    const kept = state.episodes.get(id);
    if (kept?.clinic !== clinic) return 'not-found';
    if (kept.episode === null) return 'erased';
    const episode = saved.get(id) ?? kept.episode;
    if (episode.version !== restsOn) return 'conflict';
    if (episode.planVersion === restsOn && sameItems(episode.items, items)) return 'unchanged';
    saved.set(id, {
      ...episode,
      planVersion: restsOn,
      items: items.map((item) => ({ ...item })),
    });
    return 'saved';
  });
  if (saved.size === 0) return unchanged(outcomes);
  return {
    value: outcomes,
    audit: [{ action: 'plans.saved', clinic, detail: { episodes: [...saved.keys()] } }],
    apply: () => {
      for (const [id, episode] of saved) replaceEpisode(state, { clinic, episode: id }, episode);
    },
  };
}

export function saveCalendar(
  state: MemoryState,
  work: CalendarChange,
): Decided<{ readonly changed: number }> {
  const found = episodeAt(state, work, work.restsOn);
  if (!('episode' in found)) return found;
  const name = ({ key, privacy }: CalendarEntry) => JSON.stringify([key, privacy]);
  const calendar = new Map(found.episode.calendar.map((entry) => [name(entry), entry]));
  let changed = 0;
  for (const [index, entry] of work.entries.entries()) {
    const kept = calendar.get(name(entry));
    if (kept !== undefined) {
      if (sameEntry(kept, entry)) continue;
      if (kept.uid !== entry.uid) return refused('uid-changed', index);
      if (entry.sequence <= kept.sequence) return refused('sequence-not-higher', index);
    } else if (uidTaken(state, work, entry, calendar.values())) {
      return refused('uid-taken', index);
    }
    calendar.set(name(entry), { ...entry });
    changed += 1;
  }
  if (changed === 0) return unchanged({ changed });
  const entries = sortedEntries([...calendar.values()]);
  const content = calendarContent(entries);
  const { clinic, episode } = work;
  return {
    value: { changed },
    audit: [{ action: 'calendar.saved', clinic, episode, detail: { changed }, content }],
    apply: () => replaceEpisode(state, work, { ...found.episode, calendar: entries }),
  };
}

function uidTaken(
  state: MemoryState,
  scope: EpisodeScope,
  { uid, privacy }: CalendarEntry,
  own: Iterable<CalendarEntry>,
): boolean {
  const taken = (entry: CalendarEntry) => entry.uid === uid && entry.privacy === privacy;
  if ([...own].some(taken)) return true;
  return [...state.episodes].some(
    ([id, kept]) =>
      id !== scope.episode && kept.clinic === scope.clinic && kept.episode?.calendar.some(taken),
  );
}
